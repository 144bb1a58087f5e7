#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| iam_sync_fuzz::expression(data));
