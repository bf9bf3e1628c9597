package io.showreel.system.operate;

import static io.showreel.system.operate.Manifests.at;
import static io.showreel.system.operate.Manifests.map;
import static io.showreel.system.operate.Manifests.maps;

import java.util.List;
import java.util.Map;

/** Judges by NetworkPolicies who may talk to whom inside a namespace, as a cluster would. */
record Network(List<Map<String, Object>> policies) {

    /** Whether both ends permit it. */
    boolean permits(Map<String, ?> from, Map<String, ?> to, int port) {
        return leaves(from, to, port) && enters(from, to, port);
    }

    boolean leaves(Map<String, ?> from, Map<String, ?> to, int port) {
        return permits("Egress", "egress", "to", from, to, port);
    }

    boolean enters(Map<String, ?> from, Map<String, ?> to, int port) {
        return permits("Ingress", "ingress", "from", to, from, port);
    }

    /** Whether it may call an address of the Internet. */
    boolean leavesForTheInternet(Map<String, ?> from, int port) {
        return policies.stream()
                .filter(policy -> selects(map(policy, "spec", "podSelector"), from))
                .flatMap(policy -> maps(policy, "spec", "egress").stream())
                .filter(rule -> opens(rule, port))
                .flatMap(rule -> maps(rule, "to").stream())
                .anyMatch(peer -> peer.containsKey("ipBlock"));
    }

    private boolean permits(
            String type, String rules, String peers, Map<String, ?> self, Map<String, ?> other, int port) {
        var applying = policies.stream()
                .filter(policy -> at(policy, "spec", "policyTypes") instanceof List<?> types && types.contains(type))
                .filter(policy -> selects(map(policy, "spec", "podSelector"), self))
                .toList();
        return applying.isEmpty()
                || applying.stream()
                        .flatMap(policy -> maps(policy, "spec", rules).stream())
                        .anyMatch(rule -> opens(rule, port)
                                && (maps(rule, peers).isEmpty()
                                        || maps(rule, peers).stream()
                                                .anyMatch(peer -> peer.containsKey("podSelector")
                                                        && !peer.containsKey("namespaceSelector")
                                                        && selects(map(peer, "podSelector"), other))));
    }

    private static boolean opens(Map<String, Object> rule, int port) {
        var ports = maps(rule, "ports");
        return ports.isEmpty()
                || ports.stream().anyMatch(each -> Integer.valueOf(port).equals(each.get("port")));
    }

    private static boolean selects(Map<String, Object> selector, Map<String, ?> labels) {
        return map(selector, "matchLabels").entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && maps(selector, "matchExpressions").stream()
                        .allMatch(expression -> "In".equals(expression.get("operator"))
                                && expression.get("values") instanceof List<?> values
                                && values.contains(labels.get(expression.get("key"))));
    }
}
