//! What a browser says of itself, in words by which its owner recognises it.

use crate::t;

/// "Chrome en Android", or what is known of it.
pub fn device_name(agent: &str) -> String {
    match (browser(agent), system(agent)) {
        (Some(browser), Some(system)) => {
            t!(access.device_on, browser = browser, system = system)
        }
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => t!(access.device_unknown),
    }
}

/// Browsers that call themselves by the names of others as well stand before those.
fn browser(agent: &str) -> Option<&'static str> {
    let marks = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    named(agent, &marks)
}

fn system(agent: &str) -> Option<&'static str> {
    let marks = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    named(agent, &marks)
}

fn named(agent: &str, marks: &[(&str, &'static str)]) -> Option<&'static str> {
    marks
        .iter()
        .find_map(|(mark, name)| agent.contains(mark).then_some(*name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_recognised_behind_their_disguises() {
        let cases = [
            (
                "Mozilla/5.0 (Linux; Android 13; SM-A125M) AppleWebKit/537.36 (KHTML, like Gecko) \
                 SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
                (Some("Samsung Internet"), Some("Android")),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 \
                 Safari/537.36 Edg/131.0",
                (Some("Edge"), Some("Windows")),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
                (Some("Safari"), Some("iPhone")),
            ),
            ("curl/8.5.0", (Some("curl"), None)),
            ("", (None, None)),
        ];
        for (agent, expected) in cases {
            assert_eq!((browser(agent), system(agent)), expected, "{agent}");
        }
    }
}
