//! Tables: what a row becomes word for word, and what holds of every table.
