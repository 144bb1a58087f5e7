//! Writes the Kotlin side of the interface.

fn main() {
    uniffi::uniffi_bindgen_main();
}
