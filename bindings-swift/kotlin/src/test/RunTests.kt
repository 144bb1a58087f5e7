import kotlin.system.exitProcess
import org.junit.internal.TextListener
import org.junit.runner.JUnitCore

fun main() {
    val result = JUnitCore().apply { addListener(TextListener(System.out)) }.run(ClientTest::class.java, WorkerTest::class.java)
    println("kotlin: ${maxOf(0, result.runCount - result.failureCount)} passed, ${result.failureCount} failed")
    exitProcess(if (result.wasSuccessful() && result.runCount > 0) 0 else 1)
}
