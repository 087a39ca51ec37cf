//! What stands around every page: the bar with the mark, search, language and account, the
//! navigation by role, the main landmark and the footer.

use leptos::prelude::*;

use super::icon::{Icon, IconShape};

/// A link of the navigation, the language switch or the footer.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Its words.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether the page is this one or stands below it.
    pub current: bool,
}

impl NavItem {
    /// A link; `current` when the page is this one or stands below it.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
        }
    }
}

/// A language to read in.
#[derive(Clone, Debug)]
pub struct LanguageLink {
    /// Its own name for itself ("Español").
    pub label: String,
    /// Its code ("es").
    pub code: &'static str,
    /// Where the switch is made.
    pub href: String,
    /// Whether the page is in it.
    pub current: bool,
}

/// Who is signed in, and what belongs to them.
#[derive(Clone, Debug)]
pub struct AccountMenu {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their pages.
    pub links: Vec<NavItem>,
    /// The server function that signs them out, a form post.
    pub sign_out: String,
}

/// The search of the staff.
#[derive(Clone, Debug)]
pub struct SearchBox {
    /// The page that answers; it receives `q`.
    pub action: String,
    /// What can be looked for.
    pub label: String,
    /// The same in two words, for the empty box.
    pub hint: String,
    /// What was looked for.
    pub value: String,
}

/// All that the frame shows.
#[derive(Clone, Debug, Default)]
pub struct FrameProps {
    /// Where the mark leads: the home of the role.
    pub home: String,
    /// The navigation of the role.
    pub nav: Vec<NavItem>,
    /// Who is signed in.
    pub account: Option<AccountMenu>,
    /// The link to sign in, for strangers.
    pub sign_in: Option<NavItem>,
    /// The search, for staff.
    pub search: Option<SearchBox>,
    /// The languages.
    pub languages: Vec<LanguageLink>,
    /// The links at the foot: verify, help, privacy.
    pub footer: Vec<NavItem>,
    /// The version, at the foot.
    pub version: String,
    /// A line above everything, such as "Datos de demostración".
    pub banner: Option<String>,
}

/// The frame around the page: all of `<body>`.
pub fn frame(props: FrameProps, content: AnyView) -> AnyView {
    let FrameProps {
        home,
        nav,
        account,
        sign_in,
        search,
        languages,
        footer,
        version,
        banner,
    } = props;
    view! {
        <a class="skip" href="#main">{crate::t!(ui.skip)}</a>
        <header>
        {banner.map(|text| view! { <p class="banner">{text}</p> })}
        <div class="bar-top">
            <a class="brand" href=home><Mark />"Capacita"</a>
            {search.map(search_form)}
            <div class="bar-end">
                {language_switch(languages)}
                {account.map(account_menu)}
                {sign_in.map(|link| view! {
                    <a class="button button-secondary" href=link.href>{link.label}</a>
                })}
            </div>
        </div>
        </header>
        {navigation(nav)}
        <main id="main" tabindex="-1">{content}</main>
        <footer class="foot">
            <ul role="list">{links(footer)}</ul>
            <p>{crate::t!(ui.version, version = version)}</p>
        </footer>
    }
    .into_any()
}

/// The mark: a path that rises in two steps and is ticked off.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="brand-sign" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="6"></rect>
            <path d="M7 17.5 13.5 24 25 9"></path>
        </svg>
    }
}

fn links(items: Vec<NavItem>) -> Vec<AnyView> {
    let link = |item: NavItem| {
        let current = item.current.then_some("page");
        view! { <li><a href=item.href aria-current=current>{item.label}</a></li> }.into_any()
    };
    items.into_iter().map(link).collect()
}

fn navigation(items: Vec<NavItem>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        view! {
            <nav class="nav" aria-label=crate::t!(ui.navigation)><ul role="list">{links(items)}</ul></nav>
        }
        .into_any()
    })
}

fn search_form(search: SearchBox) -> AnyView {
    let SearchBox {
        action,
        label,
        hint,
        value,
    } = search;
    let spoken = label.clone();
    view! {
        <form class="search" method="get" action=action role="search" aria-label=spoken>
            <label class="visually-hidden" for="site-search">{label}</label>
            <input class="input" type="search" id="site-search" name="q" value=value
                placeholder=hint maxlength="200" autocomplete="off" />
            <button class="button button-secondary" type="submit">
                <Icon shape=IconShape::Search />
                <span class="search-word">{crate::t!(ui.search)}</span>
            </button>
        </form>
    }
    .into_any()
}

fn language_switch(languages: Vec<LanguageLink>) -> Option<AnyView> {
    let link = |language: LanguageLink| {
        let current = language.current.then_some("true");
        view! {
            <li>
                <a href=language.href lang=language.code hreflang=language.code aria-current=current>
                    {language.label}
                </a>
            </li>
        }
    };
    (!languages.is_empty()).then(|| {
        let items = languages.into_iter().map(link).collect_view();
        view! {
            <nav class="languages" aria-label=crate::t!(ui.language)><ul role="list">{items}</ul></nav>
        }
        .into_any()
    })
}

fn account_menu(account: AccountMenu) -> AnyView {
    view! {
        <details class="account">
            <summary>
                <Icon shape=IconShape::Person />
                <span class="account-name">{account.name}</span>
            </summary>
            <div class="account-menu">
                <p class="account-email">{account.email}</p>
                <ul role="list">{links(account.links)}</ul>
                <form method="post" action=account.sign_out>
                    <button class="button button-secondary" type="submit">{crate::t!(ui.sign_out)}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
