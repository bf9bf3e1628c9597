package io.showreel.system.platform;

import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.Server;
import io.showreel.local.supervision.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a test sets differently from the run command.
 *
 * @param environment of all processes, beside what the platform gives each
 * @param database settings of the PostgreSQL server
 */
public record Tuning(Map<String, String> environment, Map<String, String> database) {

    static final Tuning NONE = new Tuning(Map.of(), Map.of());

    Part tuned(Part part) {
        var options = part.name().equals("postgres") ? serverOptions() : List.<String>of();
        return new Part(
                part.name(),
                part.port(),
                part.needs(),
                new TunedServer(part.server(), options),
                part.afterFirstReady());
    }

    private List<String> serverOptions() {
        return database.entrySet().stream()
                .flatMap(option -> List.of("-c", option.getKey() + "=" + option.getValue()).stream())
                .toList();
    }

    private final class TunedServer implements Server {

        private final Server server;
        private final List<String> options;

        private TunedServer(Server server, List<String> options) {
            this.server = server;
            this.options = options;
        }

        @Override
        public Program prepare() {
            var program = server.prepare();
            var command = new ArrayList<>(program.command());
            command.addAll(options);
            var all = new HashMap<>(program.environment());
            all.putAll(environment);
            return new Program(program.name(), command, all, program.directory(), program.stop());
        }

        @Override
        public boolean isReady() {
            return server.isReady();
        }
    }
}
