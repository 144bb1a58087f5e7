// swift-tools-version:6.0
import PackageDescription

// Apple systems: header, module map and native part come in one XCFramework of static libraries, made by
// `packaging/xcframework`. Linux: the module map is a system library, `-Xlinker -L…` says where the native part is.
#if os(Linux)
let native: Target = .systemLibrary(name: "IAMFFI", path: "Sources/IAMFFI")
let link: [LinkerSetting] = [.linkedLibrary("iam_swift")]
#else
let native: Target = .binaryTarget(name: "IAMFFI", path: "IAMFFI.xcframework")
let link: [LinkerSetting] = []
#endif

let package = Package(
    name: "IAM",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "IAM", targets: ["IAM"])],
    targets: [
        native,
        // The generated part has protocols with async functions, which version 0.32 of its generator writes for mode 5.
        .target(name: "IAM", dependencies: ["IAMFFI"], swiftSettings: [.swiftLanguageMode(.v5)], linkerSettings: link),
        .testTarget(name: "IAMTests", dependencies: ["IAM"]),
    ]
)
