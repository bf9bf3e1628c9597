package io.showreel.embedded.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a child process is to run.
 *
 * @param name short and unique, as in its log's name
 * @param command the executable and its arguments
 * @param environment added to our own environment
 * @param directory its working directory
 * @param stop the signal that asks it to end in good order
 */
public record Program(
        String name, List<String> command, Map<String, String> environment, Path directory, StopSignal stop) {

    /** The signals by which programs of ours are asked to end. */
    public enum StopSignal {
        TERM,
        /** PostgreSQL's "fast shutdown": it waits for no client. */
        INT
    }

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
