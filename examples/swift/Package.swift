// swift-tools-version:6.0
import PackageDescription

// Beside the package `IAM`, as bindings-swift/check lays them out.
let package = Package(
    name: "story", platforms: [.macOS(.v13)], dependencies: [.package(path: "../IAM")],
    targets: [.executableTarget(name: "story", dependencies: ["IAM"])])
