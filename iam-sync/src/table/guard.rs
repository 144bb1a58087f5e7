//! Keeps spreadsheets from calculating what is only text, without losing a character.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets show as text.
//! The rule can be turned round exactly: a cell that is already written with apostrophes gets one more, and reading
//! takes one away. Phone numbers (`+49…`) are no exception: a spreadsheet would calculate them and lose the `+`.
//! Plain numbers such as `-12.5` are left alone: calculated, they are what they are.

use std::borrow::Cow;

/// Whether a spreadsheet might calculate the cell. Apostrophes in front do not change the answer, so that guarding
/// can be undone.
fn needs_guard(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    // Some programs cut spaces off before they look.
    match text.trim_start().chars().next() {
        Some('-') => !is_plain_number(text),
        Some('=' | '+' | '@' | '＝' | '＋' | '－' | '＠') => true,
        _ => false,
    }
}

fn is_plain_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix('-') else {
        return false;
    };
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// The cell as it is written.
pub(super) fn add(cell: &str) -> Cow<'_, str> {
    if needs_guard(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was before [`add`].
pub(super) fn remove(mut cell: String) -> String {
    if cell.strip_prefix('\'').is_some_and(needs_guard) {
        cell.remove(0);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for cell in [
            "=1+1", "+49 30 1", "-1+1", "@SUM(A1)", "\t=1", "\rx", "\nx", "＝1", " =1", "'=1", "''@x", "-",
            "-1e5", "- 1", "-1.", "-cmd",
        ] {
            assert_eq!(add(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "x=1", "-12.5", "-12,5", "-7", "'tis", "'", "12", "'-7"] {
            assert_eq!(add(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn guarding_can_be_undone(cell in "['=+\\-@＝ \t\r\n0-9.,a]{0,6}") {
            let written = add(&cell).into_owned();
            prop_assert!(!written.starts_with(['=', '+', '@', '\t', '\r', '\n', '＝']));
            prop_assert_eq!(remove(written), cell);
        }
    }
}
