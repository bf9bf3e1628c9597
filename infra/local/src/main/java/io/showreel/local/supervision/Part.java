package io.showreel.local.supervision;

import io.showreel.embedded.process.Server;
import java.util.List;

/**
 * One process to keep running.
 *
 * @param name unique; names its pid file and its log
 * @param port where it listens, for people
 * @param needs the names of the parts that must answer before it starts for the first time
 * @param server how it is started, and how it is seen to answer
 * @param afterFirstReady what makes it complete before those who need it may start
 */
public record Part(String name, int port, List<String> needs, Server server, Runnable afterFirstReady) {

    public Part {
        needs = List.copyOf(needs);
    }

    public Part(String name, int port, List<String> needs, Server server) {
        this(name, port, needs, server, () -> {});
    }
}
