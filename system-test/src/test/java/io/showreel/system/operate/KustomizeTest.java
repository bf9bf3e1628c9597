package io.showreel.system.operate;

import static io.showreel.system.operate.Manifests.at;
import static io.showreel.system.operate.Manifests.label;
import static io.showreel.system.operate.Manifests.map;
import static io.showreel.system.operate.Manifests.maps;
import static io.showreel.system.operate.Manifests.name;
import static io.showreel.system.operate.Manifests.pod;
import static io.showreel.system.operate.Manifests.podLabels;
import static io.showreel.system.operate.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizeTest {

    private static final Set<String> PROBES = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void every_object_is_what_it_says_it_is(String overlay) throws Exception {
        var kinds = new TreeMap<String, Integer>();
        for (var object : Manifests.of(overlay).objects()) {
            kinds.merge(object.get("kind").toString(), 1, Integer::sum);
            assertThat(StrictReading.faults(object)).isEmpty();
        }
        System.out.println("k8s/overlays/" + overlay + ": " + kinds);
    }

    @Test
    void a_field_that_nobody_knows_is_a_fault_far_inside_an_object_too() throws Exception {
        var deployment = Manifests.of("local").ofKind("Deployment").findFirst().orElseThrow();
        pod(deployment).put("runAsNobody", true);
        assertThat(StrictReading.faults(deployment)).singleElement().asString().contains("runAsNobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void a_field_that_nobody_knows_is_a_fault(String overlay) throws Exception {
        for (var object : Manifests.of(overlay).objects()) {
            for (var part : List.of("metadata", "spec")) {
                if (object.containsKey(part)) {
                    map(object, part).put("runAsNobody", true);
                    assertThat(StrictReading.faults(object))
                            .as(label(object))
                            .isNotEmpty()
                            .allSatisfy(fault -> assertThat(fault).contains("runAsNobody"));
                    map(object, part).remove("runAsNobody");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void every_container_is_limited_pinned_and_restricted(String overlay) throws Exception {
        Manifests.of(overlay).workloads().forEach(workload -> {
            var pod = pod(workload);
            assertThat(pod.get("automountServiceAccountToken"))
                    .as(label(workload))
                    .isEqualTo(false);
            assertThat(at(pod, "securityContext", "runAsNonRoot"))
                    .as(label(workload))
                    .isEqualTo(true);
            assertThat(at(pod, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
            for (var container : maps(pod, "containers")) {
                assertThat(text(container, "image"))
                        .as(label(workload))
                        .matches(".+:[^:@]*\\d+\\.\\d+.*|.+@sha256:[0-9a-f]{64}")
                        .doesNotContain("latest");
                assertThat(map(container, "resources", "limits")).containsKeys("cpu", "memory");
                assertThat(map(container, "resources", "requests")).containsKeys("cpu", "memory");
                assertThat(at(container, "securityContext", "allowPrivilegeEscalation"))
                        .isEqualTo(false);
                assertThat(at(container, "securityContext", "capabilities", "drop"))
                        .isEqualTo(List.of("ALL"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void our_services_are_probed_where_they_answer_and_leave_without_losing_a_request(String overlay) throws Exception {
        var manifests = Manifests.of(overlay);
        for (var service : Tree.SERVICES) {
            var workload = workload(manifests, service);
            var container = maps(pod(workload), "containers").getFirst();
            var ports = maps(container, "ports").stream()
                    .collect(Collectors.toMap(port -> port.get("name"), port -> port.get("containerPort")));
            assertThat(ports).containsEntry("http", Ports.of(service)).containsEntry("management", 9090);
            assertThat(Tree.read(service + "-service/src/main/resources/application.yaml"))
                    .containsPattern("probes[.:]\\s*enabled: true");
            for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(PROBES).contains(text(container, probe, "httpGet", "path"));
                assertThat(at(container, probe, "httpGet", "port")).isEqualTo("management");
            }
            assertThat(at(container, "securityContext", "readOnlyRootFilesystem"))
                    .isEqualTo(true);
            assertThat(maps(container, "volumeMounts"))
                    .extracting(mount -> mount.get("mountPath"))
                    .contains("/tmp");
            assertThat(map(container, "lifecycle", "preStop")).isNotEmpty();
            assertThat((Integer) pod(workload).get("terminationGracePeriodSeconds"))
                    .isGreaterThan(6 + 20 + 10);
            assertThat(maps(pod(workload), "topologySpreadConstraints")).isNotEmpty();
            assertThat(at(workload, "spec", "strategy", "rollingUpdate", "maxUnavailable"))
                    .isEqualTo(0);
            assertThat(manifests.ofKind("PodDisruptionBudget").map(Manifests::name))
                    .contains(name(workload));
        }
        assertThat(map(
                        manifests
                                .ofKind("ConfigMap")
                                .filter(map -> name(map).equals("showreel"))
                                .findFirst()
                                .get(),
                        "data"))
                .containsEntry("MANAGEMENT_SERVER_PORT", "9090");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void every_variable_is_a_setting(String overlay) throws Exception {
        var manifests = Manifests.of(overlay);
        var known = Setting.all().stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
        known.addAll(new ConfigurationPage().named());
        known.addAll(SpringVariables.KNOWN);
        known.add("DATABASE_HOST");
        var told = new TreeSet<>(map(
                        manifests
                                .ofKind("ConfigMap")
                                .filter(map -> name(map).equals("showreel"))
                                .findFirst()
                                .get(),
                        "data")
                .keySet());
        for (var service : Tree.SERVICES) {
            maps(maps(pod(workload(manifests, service)), "containers").getFirst(), "env")
                    .forEach(variable -> told.add(variable.get("name").toString()));
        }
        assertThat(told).allSatisfy(variable -> assertThat(known)
                .as(variable)
                .anyMatch(name -> name.endsWith("*")
                        ? variable.startsWith(name.substring(0, name.length() - 1))
                        : variable.equals(name)));
    }

    @Test
    void secrets_are_made_for_the_local_cluster_and_named_to_the_operator_of_another() throws Exception {
        var local = Manifests.of("local");
        assertThat(local.ofKind("Secret").map(Manifests::name).map(name -> name.replaceAll("-[a-z0-9]{10}$", "")))
                .containsAll(secrets(local).stream()
                        .map(name -> name.replaceAll("-[a-z0-9]{10}$", ""))
                        .toList());
        var production = Manifests.of("production");
        assertThat(production.ofKind("Secret")).isEmpty();
        var page = Tree.read("docs/operations.md");
        assertThat(secrets(production)).isNotEmpty().allSatisfy(secret -> assertThat(page)
                .contains("`" + secret + "`"));
    }

    @Test
    void the_declared_flows_are_permitted_and_no_others() throws Exception {
        var manifests = Manifests.of("local");
        var network = new Network(manifests.ofKind("NetworkPolicy").toList());
        var pods = manifests.workloads().collect(Collectors.toMap(Manifests::name, Manifests::podLabels));
        var declared = declared();
        for (var from : pods.keySet()) {
            for (var to : pods.keySet()) {
                for (var port : List.of(5432, 8080, 8081, 8082, 8083, 8084, 8090, 8091, 9000, 9090, 9092)) {
                    var flow = from + ">" + to + ":" + port;
                    if (!from.equals(to) && !(to.equals("gateway-service") && port == 8080)) {
                        assertThat(network.permits(pods.get(from), pods.get(to), port))
                                .as(flow)
                                .isEqualTo(declared.contains(flow));
                    }
                }
            }
        }
        assertThat(Stream.of("asset", "gateway", "render", "selection", "stitch")
                        .filter(service -> network.leavesForTheInternet(pods.get(service + "-service"), 443)))
                .containsExactly("asset", "gateway", "render", "selection");
    }

    private static Set<String> declared() {
        var flows = new HashSet<>(Set.of(
                "gateway-service>asset-service:8081",
                "gateway-service>render-service:8083",
                "gateway-service>selection-service:8082",
                "render-service>sandbox:8090",
                "render-service>sandbox:8091",
                "selection-service>sandbox:8090",
                "selection-service>sandbox:8091"));
        for (var service : Tree.SERVICES) {
            flows.add(service + "-service>kafka:9092");
            flows.add(service + "-service>minio:9000");
            if (!service.equals("selection")) {
                flows.add(service + "-service>postgres:5432");
            }
        }
        return flows;
    }

    @Test
    void in_production_services_reach_what_the_operators_run() throws Exception {
        var manifests = Manifests.of("production");
        var network = new Network(manifests.ofKind("NetworkPolicy").toList());
        var database = Map.of("showreel.io/role", "database", "cnpg.io/cluster", "database");
        for (var service : Tree.SERVICES) {
            var pod = podLabels(workload(manifests, service));
            assertThat(network.leaves(pod, Map.of("showreel.io/role", "broker"), 9092))
                    .as(service)
                    .isTrue();
            assertThat(network.permits(pod, database, 5432)).as(service).isEqualTo(!service.equals("selection"));
            assertThat(network.leavesForTheInternet(pod, 443)).as(service).isTrue();
        }
    }

    @Test
    void the_topics_are_those_of_the_contracts() throws Exception {
        var topics = Manifests.of("production").ofKind("KafkaTopic").toList();
        assertThat(topics)
                .extracting(Manifests::name)
                .containsExactlyInAnyOrderElementsOf(
                        AsyncApi.TOPICS.stream().map(AsyncApi.Topic::address).toList());
        assertThat(topics)
                .allSatisfy(topic -> assertThat(at(topic, "spec", "partitions")).isEqualTo(Topics.PARTITIONS));
    }

    @Test
    void what_scales_exists_and_has_no_fixed_number_of_replicas() throws Exception {
        var manifests = Manifests.of("production");
        Stream.concat(manifests.ofKind("ScaledObject"), manifests.ofKind("HorizontalPodAutoscaler"))
                .forEach(scaler -> {
                    var target = text(scaler, "spec", "scaleTargetRef", "name");
                    var scaled = workload(manifests, target.replace("-service", ""));
                    assertThat(map(scaled, "spec")).as(target).doesNotContainKey("replicas");
                });
    }

    @Test
    void copies_are_true() throws Exception {
        var rule =
                Manifests.of("production").ofKind("PrometheusRule").findFirst().orElseThrow();
        assertThat(at(rule, "spec", "groups"))
                .isEqualTo(
                        Tree.yaml("infra/observability/prometheus/alerts.yaml").get("groups"));
        assertThat(Tree.read("k8s/overlays/local/databases.sh"))
                .isEqualTo(Tree.read("infra/compose/postgres/databases.sh"));
    }

    private static Map<String, Object> workload(Manifests manifests, String service) {
        return manifests
                .workloads()
                .filter(workload -> name(workload).equals(service + "-service"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No Deployment of " + service));
    }

    private static Set<String> secrets(Manifests manifests) {
        var names = new TreeSet<String>();
        manifests
                .workloads()
                .flatMap(workload -> maps(pod(workload), "containers").stream())
                .flatMap(container -> maps(container, "env").stream())
                .map(variable -> at(variable, "valueFrom", "secretKeyRef", "name"))
                .filter(name -> name != null)
                .forEach(name -> names.add(name.toString()));
        return names;
    }
}
