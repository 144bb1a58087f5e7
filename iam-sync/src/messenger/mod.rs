//! Messengers: SMTP for real mail, files and the console for development.
//!
//! ```no_run
//! use std::sync::Arc;
//! use iam_core::service::{Iam, OutboxWorker};
//! use iam_sync::messenger::{Security, Smtp, SmtpOptions};
//!
//! # async fn run(iam: Iam) -> Result<(), Box<dyn std::error::Error>> {
//! let smtp = Smtp::new(SmtpOptions {
//!     host: "mail.acme.example".into(),
//!     from: "Acme <no-reply@acme.example>".into(),
//!     security: Security::Tls,
//!     ..SmtpOptions::default()
//! })?;
//! let worker = OutboxWorker { name: "mailer-1".into(), messenger: Some(Arc::new(smtp)), handler: None };
//! loop {
//!     if iam.work_outbox(&worker, 50).await?.is_empty() {
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//! # }
//! ```

mod file;
mod mail;
mod smtp;

pub use file::{ConsoleMessenger, FileMessenger};
pub use smtp::{Security, Smtp, SmtpError, SmtpOptions};
