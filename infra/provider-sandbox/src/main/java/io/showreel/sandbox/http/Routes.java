package io.showreel.sandbox.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which handler answers which method and path; {@code {name}} in a pattern stands for one segment. */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, List<String> pattern, Handler handler) {
        Optional<Match> match(String wanted, List<String> path) {
            if (!wanted.equals(method) || path.size() != pattern.size()) {
                return Optional.empty();
            }
            Map<String, String> variables = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                var expected = pattern.get(i);
                if (expected.startsWith("{")) {
                    variables.put(expected.substring(1, expected.length() - 1), path.get(i));
                } else if (!expected.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Match(handler, variables));
        }
    }

    record Match(Handler handler, Map<String, String> variables) {}

    public Routes on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, segments(pattern), handler));
        return this;
    }

    Optional<Match> match(String method, String path) {
        var segments = segments(path);
        return routes.stream()
                .flatMap(route -> route.match(method, segments).stream())
                .findFirst();
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
