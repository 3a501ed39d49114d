//! Sheets on paper.

use rust_xlsxwriter::Worksheet;

/// A4, landscape, on so many pages (0 for as many as it takes) downwards and one across; the name of the sheet and the page at the foot.
pub(super) fn on_paper(page: &mut Worksheet, pages: u16) {
    page.set_print_fit_to_pages(1, pages).set_landscape().set_paper_size(9).set_footer("&L&A&RPage &P of &N");
}
