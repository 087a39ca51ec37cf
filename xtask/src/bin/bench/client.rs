//! One connection to a server, kept open between requests.

use std::{fmt::Write as _, net::SocketAddr};

use anyhow::{Context, Result};
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Method, Request, StatusCode,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What a server answered.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came over the wire.
    pub body: Bytes,
}

/// A connection; it is opened again when the server has closed it.
pub struct Client {
    addr: SocketAddr,
    cookie: Option<String>,
    sender: Option<SendRequest<Body>>,
}

impl Client {
    /// A client that has not connected yet.
    pub fn new(addr: SocketAddr, cookie: Option<String>) -> Self {
        Self {
            addr,
            cookie,
            sender: None,
        }
    }

    /// Somebody else asks from now on, over the same connection.
    pub fn be(&mut self, cookie: String) {
        self.cookie = Some(cookie);
    }

    /// Fetches a page as a browser would, with the compression given (`identity` for none).
    ///
    /// # Errors
    /// The server cannot be reached or breaks off.
    pub async fn get(&mut self, path: &str, encoding: &str) -> Result<Answer> {
        let request = self
            .request(Method::GET, path)
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_ENCODING, encoding)
            .body(Body::empty())?;
        self.send(request).await
    }

    /// Signs a demo account in; returns the cookie.
    ///
    /// # Errors
    /// The server sets no cookie.
    pub async fn sign_in(&mut self, email: &str) -> Result<String> {
        let form = format!("email={}&password=capacita-demo", email.replace('@', "%40"));
        let request = self
            .request(Method::POST, "/api/access/sign_in")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form))?;
        let answer = self.send(request).await?;
        answer
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .find(|pair| pair.contains("capacita="))
            .map(str::to_owned)
            .with_context(|| format!("{email} cannot sign in ({})", answer.status))
    }

    /// Posts a form as a program does.
    ///
    /// # Errors
    /// The server cannot be reached or breaks off.
    pub async fn post(&mut self, path: &str, form: &str) -> Result<Answer> {
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()))?;
        self.send(request).await
    }

    /// Posts a form with a text file in its field `file`.
    ///
    /// # Errors
    /// The server cannot be reached or breaks off.
    pub async fn post_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        content: &str,
    ) -> Result<Answer> {
        const BOUNDARY: &str = "capacita-bench";
        let mut body = String::new();
        for (name, value) in fields {
            write!(
                body,
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )?;
        }
        write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lista.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n"
        )?;
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))?;
        self.send(request).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.addr.to_string());
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    async fn send(&mut self, request: Request<Body>) -> Result<Answer> {
        if self.sender.as_ref().is_none_or(SendRequest::is_closed) {
            self.sender = Some(self.connect().await?);
        }
        let sender = self.sender.as_mut().context("not connected")?;
        sender.ready().await?;
        let (parts, body) = sender.send_request(request).await?.into_parts();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await?.to_bytes(),
        })
    }

    async fn connect(&self) -> Result<SendRequest<Body>> {
        let stream = TcpStream::connect(self.addr).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // It ends with the connection; its error shows itself at the next request.
        tokio::spawn(connection);
        Ok(sender)
    }
}
