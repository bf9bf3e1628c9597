package io.showreel.system.operate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;

/**
 * The fields of operators' objects of which no model is published as a library: of each kind those that we use, named
 * and typed as in the operator's reference. A field that we begin to use is looked up there and added here.
 */
final class OperatorObjects {

    private OperatorObjects() {}

    /** CloudNativePG 1.25, "API Reference", {@code Cluster}. */
    record Cluster(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

        record Spec(
                int instances,
                String imageName,
                InheritedMetadata inheritedMetadata,
                Postgres postgresql,
                Managed managed,
                Storage storage,
                Storage walStorage,
                ResourceRequirements resources,
                Monitoring monitoring,
                Backup backup) {}

        record InheritedMetadata(Map<String, String> labels) {}

        record Postgres(Synchronous synchronous, Map<String, String> parameters) {}

        record Synchronous(Method method, int number) {}

        enum Method {
            @JsonProperty("any")
            ANY,
            @JsonProperty("first")
            FIRST
        }

        record Managed(List<Role> roles) {}

        record Role(String name, Ensure ensure, boolean login, int connectionLimit, Reference passwordSecret) {}

        enum Ensure {
            @JsonProperty("present")
            PRESENT,
            @JsonProperty("absent")
            ABSENT
        }

        record Storage(String size) {}

        record Monitoring(boolean enablePodMonitor) {}

        record Backup(String retentionPolicy, BarmanObjectStore barmanObjectStore) {}

        record BarmanObjectStore(String destinationPath, S3Credentials s3Credentials, Wal wal) {}

        record S3Credentials(SecretKey accessKeyId, SecretKey secretAccessKey) {}

        record SecretKey(String name, String key) {}

        record Wal(Compression compression) {}

        enum Compression {
            @JsonProperty("gzip")
            GZIP,
            @JsonProperty("zstd")
            ZSTD
        }
    }

    /** CloudNativePG 1.25, "API Reference", {@code Database}. */
    record Database(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

        record Spec(String name, String owner, Reference cluster) {}
    }

    /** CloudNativePG 1.25, "API Reference", {@code ScheduledBackup}; six fields in the schedule, the first of seconds. */
    record ScheduledBackup(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

        record Spec(String schedule, Reference cluster, OwnerReference backupOwnerReference) {}

        enum OwnerReference {
            @JsonProperty("none")
            NONE,
            @JsonProperty("self")
            SELF,
            @JsonProperty("cluster")
            CLUSTER
        }
    }

    /** KEDA 2, "ScaledObject specification"; a trigger's metadata are text, whatever they mean to its scaler. */
    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

        record Spec(
                Reference scaleTargetRef,
                int minReplicaCount,
                int maxReplicaCount,
                int cooldownPeriod,
                List<Trigger> triggers) {}

        record Trigger(TriggerType type, Map<String, String> metadata) {}

        enum TriggerType {
            @JsonProperty("kafka")
            KAFKA,
            @JsonProperty("prometheus")
            PROMETHEUS
        }
    }

    record Reference(String name) {}
}
