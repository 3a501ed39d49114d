//! `sinew lsp`: raw messages over the built program, each answer held to the types of the crate `lsp-types`, and a real client.

mod answers;
mod client;
mod edits;
mod extension;
mod hostile;
mod neovim;
mod speed;

use std::path::PathBuf;

/// A stack with one of everything that is asked about.
const STACK: &str = "\
sinew: 1
name: Us
currency: USD
hourly_rate: 60
teams:
  ops: { name: Operations, people: 1 } # ours
systems:
  crm: { kind: crm, name: CRM, owner: ops, makes: [lead] }
  mailer:
    kind: marketing-automation
    name: Mailer
    basis: { guessed: [kind] }
data:
  lead: { name: Lead }
flows:
  # by hand
  - { id: lists, from: crm, to: mailer, data: lead, mechanism: export-import, performer: ops, runs: 50/week, minutes: 30 }
processes:
  news: { name: Newsletter, needs: [{ data: lead, at: mailer }], outage_cost: 100 }
";

fn example(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/stacks").join(name).with_extension("yaml")
}
