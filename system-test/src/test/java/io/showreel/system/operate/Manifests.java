package io.showreel.system.operate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an overlay comes to, and how to look into it. */
record Manifests(List<Map<String, Object>> objects) {

    static Manifests of(String overlay) throws Exception {
        var kubectl = Tool.find("kubectl", "package kubectl");
        var built = kubectl.run(Tree.ROOT, "kustomize", "k8s/overlays/" + overlay);
        if (built.exitCode() != 0) {
            throw new AssertionError(built.output());
        }
        return new Manifests(Tree.yamls(built.output()));
    }

    Stream<Map<String, Object>> ofKind(String kind) {
        return objects.stream().filter(object -> kind.equals(object.get("kind")));
    }

    /** Pods by what makes them. */
    Stream<Map<String, Object>> workloads() {
        return Stream.concat(ofKind("Deployment"), ofKind("StatefulSet"));
    }

    static String name(Map<String, Object> object) {
        return text(object, "metadata", "name");
    }

    static String label(Map<String, Object> object) {
        return object.get("kind") + "/" + name(object);
    }

    static Map<String, Object> pod(Map<String, Object> workload) {
        return map(workload, "spec", "template", "spec");
    }

    static Map<String, Object> podLabels(Map<String, Object> workload) {
        return map(workload, "spec", "template", "metadata", "labels");
    }

    static String text(Object from, String... path) {
        return String.valueOf(at(from, path));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object from, String... path) {
        return at(from, path) instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Object from, String... path) {
        return at(from, path) instanceof List<?> found ? (List<Map<String, Object>>) found : List.of();
    }

    static Object at(Object from, String... path) {
        var found = from;
        for (var step : path) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }
}
