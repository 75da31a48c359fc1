//! The font of the window's own words. Whatever can hold another script is drawn by the text engine instead.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// The bundled Noto Sans as the only font of egui's labels and buttons.
pub fn chrome_fonts() -> FontDefinitions {
    const NAME: &str = "Noto Sans";
    let regular = FontData::from_static(include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"));
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert(NAME.to_owned(), Arc::new(regular));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec![NAME.to_owned()]);
    }
    fonts
}
