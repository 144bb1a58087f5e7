#![no_main]
#[path = "../src/body.rs"]
mod body;
libfuzzer_sys::fuzz_target!(|data: &[u8]| body::body(data));
