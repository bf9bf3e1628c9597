package io.showreel.system.operate;

import java.util.regex.Pattern;

/** Where services listen by default. */
final class Ports {

    private static final Pattern PORT = Pattern.compile("(?m)^server:\\n  port: (\\d+)$");

    private Ports() {}

    static int of(String service) {
        var found = PORT.matcher(Tree.read(service + "-service/src/main/resources/application.yaml"));
        if (!found.find()) {
            throw new AssertionError(service + "-service says no port");
        }
        return Integer.parseInt(found.group(1));
    }
}
