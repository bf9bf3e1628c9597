package io.showreel.system.operate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads objects as what they say they are. The models keep fields that they don't know, as the API server in its default
 * mode does; here each such field is a fault, be it a slip or one that no cluster has ever known.
 */
final class StrictReading {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("kafka.strimzi.io/v1beta2/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1beta2/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1beta2/KafkaTopic", KafkaTopic.class),
            Map.entry("keda.sh/v1alpha1/ScaledObject", OperatorObjects.ScaledObject.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("postgresql.cnpg.io/v1/Cluster", OperatorObjects.Cluster.class),
            Map.entry("postgresql.cnpg.io/v1/Database", OperatorObjects.Database.class),
            Map.entry("postgresql.cnpg.io/v1/ScheduledBackup", OperatorObjects.ScheduledBackup.class));

    private static final Set<String> MODELS =
            Set.of("io.fabric8.", "io.strimzi.", OperatorObjects.class.getName() + "$");

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private StrictReading() {}

    /** What is wrong with the object. */
    static List<String> faults(Map<String, Object> object) {
        var type = TYPES.get(object.get("apiVersion") + "/" + object.get("kind"));
        if (type == null) {
            return List.of(Manifests.label(object) + " is of a kind that nobody here has a model of");
        }
        try {
            var faults = new ArrayList<String>();
            unknown(JSON.convertValue(object, type), Manifests.label(object), faults);
            return faults;
        } catch (IllegalArgumentException | ReflectiveOperationException e) {
            return List.of(Manifests.label(object) + ": " + e.getMessage());
        }
    }

    private static void unknown(Object value, String path, List<String> faults) throws ReflectiveOperationException {
        switch (value) {
            case null -> {}
            case Collection<?> items -> {
                for (var item : items) {
                    unknown(item, path + "[]", faults);
                }
            }
            case Map<?, ?> entries -> {
                for (var entry : entries.entrySet()) {
                    unknown(entry.getValue(), path + "." + entry.getKey(), faults);
                }
            }
            default -> {
                var name = value.getClass().getName();
                if (!value.getClass().isEnum() && MODELS.stream().anyMatch(name::startsWith)) {
                    fields(value, path, faults);
                }
            }
        }
    }

    private static void fields(Object value, String path, List<String> faults) throws ReflectiveOperationException {
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                field.setAccessible(true);
                var content = field.get(value);
                if (field.getName().equals("additionalProperties")) {
                    if (content instanceof Map<?, ?> unknown && !unknown.isEmpty()) {
                        faults.add(path + " has unknown fields " + unknown.keySet());
                    }
                } else {
                    unknown(content, path + "." + field.getName(), faults);
                }
            }
        }
    }
}
