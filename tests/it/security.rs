//! What the server refuses before it asks who is there, and what every answer carries.

use axum::{
    body::Body,
    http::{HeaderName, Request, StatusCode, header},
};
use capacita::error::{AppError, Fault, Reason};

use crate::test_app::{Answer, Client, PASSWORD, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

/// A sign-in post with one header more.
async fn post_with(client: &Client, name: &str, value: &str) -> Answer {
    let request = Request::post("/api/access/sign_in")
        .header(header::CONTENT_TYPE, FORM)
        .header(header::HOST, "127.0.0.1:3000")
        .header(name, value)
        .body(Body::from("email=a%40b.pe&password=x"));
    client.send(request.expect("a request")).await
}

#[tokio::test]
async fn requests_from_elsewhere_are_refused_in_one_line() {
    let app = TestApp::new().await;
    let client = app.sign_in("admin").await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let answer = post_with(&client, name, value).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert_eq!(answer.body, "cross-site requests are refused\n");
    }
    for (name, value) in [
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
        ("origin", "http://127.0.0.1:3000"),
        ("accept", "application/json"),
    ] {
        let answer = post_with(&client, name, value).await;
        assert_eq!(
            answer.error(),
            AppError::field("email", Fault::WrongCredentials),
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let app = TestApp::new().await;
    let client = app.sign_in("participant").await;
    for path in [
        "/me/account",
        "/no/such/page",
        "/health/live",
        "/api/access/sign_in",
        "/assets/0/none.css",
    ] {
        let answer = client.get(path).await;
        let value = |name: HeaderName| answer.headers[name].to_str().expect("ASCII");
        assert_eq!(value(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(value(header::X_FRAME_OPTIONS), "DENY", "{path}");
        assert_eq!(value(header::REFERRER_POLICY), "same-origin", "{path}");
        assert_eq!(value(header::CACHE_CONTROL), "no-store", "{path}");
        let policy = value(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        for name in [
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
        ] {
            assert!(answer.headers.contains_key(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_page_runs_only_scripts_with_its_own_nonce() {
    let app = TestApp::new().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = app.stranger().get("/sign-in").await;
        let policy = page.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("ASCII");
        let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
        let nonce = rest.split('\'').next().expect("its end").to_owned();
        assert!(nonce.len() >= 16, "{nonce}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        for script in page.body.split("<script").skip(1) {
            let tag = script.split('>').next().expect("a tag");
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
        }
        assert!(!page.body.contains(" style=\"") && !page.body.contains(" onclick="));
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn a_page_with_an_island_loads_the_client_and_shows_its_nonce_nowhere_else() {
    let app = TestApp::new().await;
    let client = app.sign_in("facilitator").await;
    let page = client.get("/editions/1/attendance").await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .expect("ASCII");
    let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
    let nonce = rest.split('\'').next().expect("its end");
    let (_, link) = page
        .body
        .split_once("<link rel=\"modulepreload\"")
        .expect("the client's script");
    let link = link.split('>').next().expect("a tag");
    assert!(link.contains(&format!("nonce=\"{nonce}\"")), "{link}");
    assert_eq!(
        page.body.matches(nonce).count(),
        page.body.matches(&format!("nonce=\"{nonce}\"")).count(),
    );
}

#[tokio::test]
async fn what_is_not_a_form_of_bounded_size_is_refused() {
    let app = TestApp::new().await;
    let client = app.stranger();
    let post = |kind: &'static str, body: String| {
        Request::post("/api/access/sign_in")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .expect("a request")
    };
    let long = format!("email={}", "a".repeat(512 * 1024));
    let too_long = client.send(post(FORM, long)).await;
    assert_eq!(too_long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(too_long.body.lines().count(), 1);
    for kind in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        let answer = client.send(post(kind, "email=a".into())).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(answer.body.lines().count(), 1);
    }
    let incomplete = client.send(post(FORM, "email=a".into())).await;
    assert_eq!(incomplete.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        client.get("/api/access/sign_out").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let unknown = client.post("access/no_such_thing", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.error(), AppError::NotFound);
    let page = Request::post("/sign-in").header(header::CONTENT_TYPE, FORM);
    let page = client
        .send(page.body(Body::empty()).expect("a request"))
        .await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn signing_in_leads_nowhere_else() {
    let app = TestApp::new().await;
    let email = ("email", "manager@capacita.test");
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\r\nset-cookie: a=b",
        "/a\u{0}b",
        "/\u{7f}",
        "javascript:alert(1)",
        "evil",
    ] {
        let form = [email, ("password", PASSWORD), ("next", next)];
        let answer = app
            .stranger()
            .post_form("/sign-in", "access/sign_in", &form)
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{next:?}");
        assert_eq!(answer.location(), "/", "{next:?}");
    }
    let form = [
        email,
        ("password", PASSWORD),
        ("next", "/reports/totals?by=sector"),
    ];
    let answer = app
        .stranger()
        .post_form("/sign-in", "access/sign_in", &form)
        .await;
    assert_eq!(answer.location(), "/reports/totals?by=sector");
}

#[tokio::test]
async fn a_refused_form_returns_to_our_own_page_whatever_the_referer() {
    let app = TestApp::new().await;
    for (referer, page) in [
        ("https://evil.example/people/new", "/people/new?kept="),
        ("https://evil.example//evil.example/", "/?kept="),
        ("not an address", "/?kept="),
    ] {
        let request = Request::post("/api/access/sign_in")
            .header(header::CONTENT_TYPE, FORM)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, referer)
            .body(Body::from("email=a%40b.pe&password=x"));
        let answer = app.stranger().send(request.expect("a request")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with(page), "{}", answer.location());
    }
}

#[tokio::test]
async fn cookies_are_bound_to_host_and_tls_where_there_is_tls() {
    let sign_in = [("email", "manager@capacita.test"), ("password", PASSWORD)];
    let cookie = async |app: &TestApp| {
        let answer = app.stranger().post("access/sign_in", &sign_in).await;
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("ASCII");
        let (name, rest) = cookie.split_once('=').expect("a name");
        let (token, flags) = rest.split_once("; ").expect("flags");
        assert_eq!(token.len(), 64);
        (name.to_owned(), flags.to_owned())
    };
    let app = TestApp::new().await;
    let plain = "Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000";
    assert_eq!(cookie(&app).await, ("capacita".into(), plain.into()));
    let app = app.restart_at("https://capacita.example.pe").await;
    assert_eq!(
        cookie(&app).await,
        ("__Host-capacita".into(), format!("{plain}; Secure"))
    );
    let client = app.sign_in("manager").await;
    let out = client.post("access/sign_out", &[]).await;
    assert_eq!(
        out.headers[header::SET_COOKIE],
        "__Host-capacita=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure"
    );
}

#[tokio::test]
async fn browsers_are_told_to_come_over_https_where_there_is_https() {
    let app = TestApp::new().await;
    let name = header::STRICT_TRANSPORT_SECURITY;
    let answer = app.stranger().get("/sign-in").await;
    assert!(!answer.headers.contains_key(&name));
    let app = app.restart_at("https://capacita.example.pe").await;
    let answer = app.stranger().get("/sign-in").await;
    assert_eq!(answer.headers[&name], "max-age=31536000");
}

#[tokio::test]
async fn a_request_with_missing_fields_is_answered_in_plain_words() {
    let app = TestApp::new().await;
    let client = app.sign_in("facilitator").await;
    for endpoint in [
        "attendance/mark",
        "access/sign_in",
        "enrolment/withdraw_other",
    ] {
        let answer = client.post(endpoint, &[("x", "1")]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{endpoint}");
        let plain = "La solicitud llegó incompleta. Vuelva a intentarlo.";
        assert_eq!(
            answer.error(),
            AppError::Transport(plain.into()),
            "{endpoint}"
        );
    }
}

#[tokio::test]
async fn demo_accounts_work_on_this_machine_alone() {
    let app = TestApp::new().await;
    app.execute("UPDATE accounts SET demo = 1 WHERE id = 2")
        .await;
    app.sign_in("manager").await;
    let app = app.restart_at("https://capacita.example.pe").await;
    let refused = AppError::Conflict(Reason::DemoAccount);
    let stranger = app.stranger();
    let form = [("email", "manager@capacita.test"), ("password", PASSWORD)];
    let answer = stranger.post("access/sign_in", &form).await;
    assert_eq!(answer.error(), refused);
    assert_eq!(answer.cookie(), None);
    stranger.post("access/forgotten_password", &form[..1]).await;
    let body = app.latest_letter().await;
    let (_, token) = body.split_once("?token=").expect("a link");
    let token = &token[..64];
    let new = "hoja trueno mesa verde";
    let form = [
        ("token", token),
        ("new_password", new),
        ("repeat_password", new),
    ];
    let answer = stranger.post("access/set_password", &form).await;
    assert_eq!(answer.error(), refused);
}

#[tokio::test]
async fn an_open_demo_device_is_nobody_elsewhere() {
    let app = TestApp::new().await;
    app.execute("UPDATE accounts SET demo = 1 WHERE id = 2")
        .await;
    let cookie = app.sign_in("manager").await.cookie().expect("a cookie");
    let app = app.restart_at("https://capacita.example.pe").await;
    let client = app.client(Some(format!("__Host-{cookie}")));
    assert_eq!(client.get("/me/account").await.status, StatusCode::FOUND);
}

#[tokio::test]
async fn the_database_knows_no_token() {
    let app = TestApp::new().await;
    let cookie = app.sign_in("manager").await.cookie().expect("a cookie");
    let (_, token) = cookie.split_once('=').expect("a token");
    let file = app.into_file().await;
    assert!(
        !file
            .windows(token.len())
            .any(|window| window == token.as_bytes())
    );
    assert!(
        !file
            .windows(PASSWORD.len())
            .any(|window| window == PASSWORD.as_bytes())
    );
}
