//! Every command with its keys, from the table of actions and the codebook.

use crate::gui::keys::Keys;
use crate::gui::markdown::{Block, BlockKind};
use crate::gui::words;
use crate::model::Codebook;
use crate::session::action::{Entry, Menu, table};

/// The list as blocks: labels first, then menu by menu.
pub(super) fn blocks(keys: Keys<'_>, codebook: Option<&Codebook>) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, words::ALL_KEYS),
        Block::new(BlockKind::Paragraph, words::ALL_KEYS_INTRO),
    ];
    if let Some(codebook) = codebook {
        let labels = codebook.offered_labels().filter_map(|label| {
            let key = keys.label_cap(label.key?);
            Some(row(words::label_name(codebook, &label.id), key))
        });
        section(&mut blocks, words::LABEL_KEYS, labels);
        blocks.push(Block::aside(words::LABEL_KEYS_CTRL));
        blocks.push(Block::aside(words::LABEL_KEYS_FROM));
    }
    for menu in Menu::ALL {
        section(&mut blocks, menu.name(), commands(keys, Some(menu)));
    }
    section(&mut blocks, words::CARET_KEYS, commands(keys, None));
    let own = words::TEXT_KEYS.iter().map(|(name, keys)| row(name, *keys));
    section(&mut blocks, words::ARTICLE_KEYS, own);
    blocks
}

fn section(blocks: &mut Vec<Block>, heading: &str, rows: impl Iterator<Item = Block>) {
    blocks.push(Block::heading(2, heading));
    blocks.extend(rows);
}

fn row(name: &str, keys: impl Into<String>) -> Block {
    Block {
        at_end: Some(keys.into()),
        ..Block::new(BlockKind::Paragraph, name)
    }
}

/// The commands of a menu, or those of the caret; those without a key too, since they can be found by name.
fn commands(keys: Keys<'_>, menu: Option<Menu>) -> impl Iterator<Item = Block> {
    let is_in = move |entry: &&Entry| entry.takes_keys() && entry.menu.map(|(of, _)| of) == menu;
    table().iter().filter(is_in).map(move |entry| {
        let keys = keys.shortcuts(entry.action).join(", ");
        row(entry.name.trim_end_matches('…'), keys)
    })
}
