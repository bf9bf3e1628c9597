package io.showreel.embedded.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM with a child process, to be killed: {@code Parent <scratch folder>} prints the child's number and waits. */
final class Parent {

    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
        var scratch = Path.of(arguments[0]);
        var program = new Program(
                "sleeper",
                List.of("sh", "-c", "trap '' TERM; sleep 600 & wait; sleep 600"),
                Map.of(),
                scratch,
                Program.StopSignal.TERM);
        System.out.println(ChildProcess.start(program, scratch.resolve("log"), List.of(scratch))
                .pid());
        Thread.currentThread().join();
    }
}
