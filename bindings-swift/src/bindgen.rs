//! Writes the Swift, Kotlin or Python side of the interface.

fn main() {
    uniffi::uniffi_bindgen_main();
}
