//! A one-time password's device whose key the tests know.

use iam_core::{
    command::EnrolOtp,
    credential::otp,
    model::{Moment, Secret, UserId},
    plan::{OtpAlgorithm, OtpShape},
};

/// Gives a user the device.
pub fn enrol(user: UserId) -> EnrolOtp {
    EnrolOtp {
        secret: Some(Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")),
        confirmed: true,
        ..EnrolOtp::new(user)
    }
}

/// What it shows at a moment.
pub fn code(now: Moment) -> Secret {
    let shape = OtpShape {
        algorithm: OtpAlgorithm::Sha1,
        digits: 6,
    };
    let step = u64::try_from(now.micros() / 30_000_000).unwrap();
    Secret::new(otp::code(b"12345678901234567890", shape, step))
}
