//! Numbers as people write them in Peru: "1,700", "79.9 %".

/// A count with commas between thousands.
pub fn count(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many things a list on a page holds.
pub fn length<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

/// A share (0 to 1) in per cent with one decimal at most, always rounded down: 79.97 % must not
/// look like 80 %. The space before the sign is one that no line breaks.
pub fn share(share: f64) -> String {
    // The tiny addend undoes the binary rounding of shares such as 0.29, without reaching the next step.
    let tenths = (share * 1000.0 + 1e-6).floor();
    let text = format!("{:.1}", tenths / 10.0);
    format!("{}\u{a0}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// A number in tenths, with a decimal only where there is one: 145 is "14.5", 140 is "14".
pub fn tenths(tenths: i64) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => count(whole),
        (whole, tenth) => format!("{}.{tenth}", count(whole)),
    }
}

/// A count as a length for a bar.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and hours stay far below 2^52"
)]
pub fn float(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1700), "1,700");
        assert_eq!(count(-1_234_567), "−1,234,567");
    }

    #[test]
    fn tenths_are_shown_where_there_are_any() {
        assert_eq!(tenths(145), "14.5");
        assert_eq!(tenths(140), "14");
        assert_eq!(tenths(0), "0");
    }

    #[test]
    fn a_share_is_never_rounded_up() {
        assert_eq!(share(0.7999), "79.9\u{a0}%");
        assert_eq!(share(0.8), "80\u{a0}%");
        assert_eq!(share(0.29), "29\u{a0}%");
        assert_eq!(share(0.0), "0\u{a0}%");
        assert_eq!(share(1.0), "100\u{a0}%");
    }
}
