//! Mail by SMTP.

use std::time::Duration;

use async_trait::async_trait;
use iam_core::{
    model::Secret,
    port::{DeliveryError, Message, MessageChannel, Messenger},
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};

use super::mail::mail;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Security {
    /// TLS from the first byte on, port 465.
    #[default]
    Tls,
    /// STARTTLS, and no mail without it; port 587.
    StartTls,
    /// Not at all: for a server on the same machine, and for tests.
    None,
}

/// Where and how mail goes out.
#[derive(Debug, Clone)]
pub struct SmtpOptions {
    /// The server's name.
    pub host: String,
    /// The server's port; the usual one of the security when absent.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: Security,
    /// The sender: `Acme <no-reply@acme.example>`.
    pub from: String,
    /// The account at the server, when it asks for one.
    pub user: Option<String>,
    /// Its password.
    pub password: Option<Secret>,
    /// Certificates of an authority of the house, PEM, in addition to those that everybody knows.
    pub authority: Option<String>,
    /// The longest that a connection may take; 20 seconds.
    pub timeout: Duration,
}

impl Default for SmtpOptions {
    fn default() -> Self {
        SmtpOptions {
            host: "localhost".to_owned(),
            port: None,
            security: Security::Tls,
            from: String::new(),
            user: None,
            password: None,
            authority: None,
            timeout: Duration::from_secs(20),
        }
    }
}

/// The options are not usable.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The sender is not an address.
    #[error("the sender is not a mail address")]
    From,
    /// The name of the server or the certificates cannot be used.
    #[error("TLS cannot be set up")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// Sends mail by SMTP. Needs a runtime of tokio.
#[derive(Clone)]
pub struct Smtp {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({})", self.from.email.domain())
    }
}

impl Smtp {
    /// A messenger over a server. Nothing is connected yet.
    ///
    /// # Errors
    /// [`SmtpError`] when the options are not usable.
    pub fn new(options: SmtpOptions) -> Result<Smtp, SmtpError> {
        let from = options.from.parse().map_err(|_| SmtpError::From)?;
        let tls = || {
            let mut parameters = TlsParameters::builder(options.host.clone());
            if let Some(authority) = &options.authority {
                let certificate = Certificate::from_pem(authority.as_bytes()).map_err(SmtpError::Tls)?;
                parameters = parameters.add_root_certificate(certificate);
            }
            parameters.build_rustls().map_err(SmtpError::Tls)
        };
        let (tls, port) = match options.security {
            Security::Tls => (Tls::Wrapper(tls()?), 465),
            Security::StartTls => (Tls::Required(tls()?), 587),
            Security::None => (Tls::None, 25),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(options.host.clone())
            .port(options.port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(options.timeout));
        if let (Some(user), Some(password)) = (options.user, options.password) {
            builder = builder.credentials(Credentials::new(user, password.expose().to_owned()));
        }
        Ok(Smtp {
            from,
            transport: builder.build(),
        })
    }
}

#[async_trait]
impl Messenger for Smtp {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        if message.channel != MessageChannel::Email {
            return Err(DeliveryError::Never("this messenger sends mail only".to_owned()));
        }
        let mail = mail(&self.from, message)?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            // The server's own words may name the address.
            Err(error) if error.is_permanent() => {
                let code = error.status().map(|code| code.to_string()).unwrap_or_default();
                Err(DeliveryError::Never(format!("the server refuses it: {code}")))
            }
            Err(error) => {
                let code = error.status().map(|code| code.to_string());
                let reason = code.unwrap_or_else(|| {
                    if error.is_timeout() {
                        "timeout"
                    } else {
                        "no connection"
                    }
                    .to_owned()
                });
                Err(DeliveryError::Later(format!(
                    "the server did not take it: {reason}"
                )))
            }
        }
    }
}
