import Foundation

/// SHA-256, for the keys that everybody knows; Linux has none without a package.
func sha256(_ message: [UInt8]) -> Data {
    func root(_ number: Int, _ power: Double) -> UInt32 {
        let value = pow(Double(number), power)
        return UInt32((value - value.rounded(.down)) * 4_294_967_296)
    }
    let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
    let constants = primes.prefix(64).map { root($0, 1.0 / 3) }
    var state = primes.prefix(8).map { root($0, 0.5) }
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    bytes += withUnsafeBytes(of: UInt64(message.count * 8).bigEndian) { Array($0) }
    for block in stride(from: 0, to: bytes.count, by: 64) {
        var words = (0..<16).map { word in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[block + word * 4 + $1]) }
        }
        func turned(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }
        for place in 16..<64 {
            let (before, last) = (words[place - 15], words[place - 2])
            let first = turned(before, 7) ^ turned(before, 18) ^ before >> 3
            let second = turned(last, 17) ^ turned(last, 19) ^ last >> 10
            words.append(words[place - 16] &+ first &+ words[place - 7] &+ second)
        }
        var now = state
        for place in 0..<64 {
            let mixed = turned(now[4], 6) ^ turned(now[4], 11) ^ turned(now[4], 25)
            let chosen = (now[4] & now[5]) ^ (~now[4] & now[6])
            let first = now[7] &+ mixed &+ chosen &+ constants[place] &+ words[place]
            let other = turned(now[0], 2) ^ turned(now[0], 13) ^ turned(now[0], 22)
            let major = (now[0] & now[1]) ^ (now[0] & now[2]) ^ (now[1] & now[2])
            now = [first &+ other &+ major, now[0], now[1], now[2], now[3] &+ first, now[4], now[5], now[6]]
        }
        state = zip(state, now).map { $0 &+ $1 }
    }
    return Data(state.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } })
}
