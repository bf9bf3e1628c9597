package io.showreel.system.benchmark;

import static org.awaitility.Awaitility.await;

import io.minio.BucketExistsArgs;
import io.minio.DownloadObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.showreel.contracts.Configuration;
import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.Quality;
import io.showreel.contracts.scene.SceneEvent.TakeRendered;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.FinishedScene;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.SceneRequest.Transition;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.contracts.video.VideoEvent.ClipShown;
import io.showreel.contracts.video.VideoEvent.CuttingFailed;
import io.showreel.contracts.video.VideoEvent.FilmPublished;
import io.showreel.embedded.FfmpegTools;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import io.showreel.embedded.process.Ports;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Vocabulary;
import io.showreel.messaging.WireJson;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The service that cuts, in a process of its own, with real database, broker and object store; this side speaks for those
 * who ask for cuts and render clips.
 */
final class CuttingRoom implements AutoCloseable {

    /** Of every scene. */
    static final Duration LENGTH = Duration.ofSeconds(6);

    static final Transition CUT = new Transition("cut", Duration.ZERO);
    static final Transition DISSOLVE = new Transition("dissolve", Duration.ofMillis(500));

    private static final Path MODULE = Path.of("../stitch-service/target");
    /** As the run command sets them. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx160m", "-XX:+UseSerialGC", "-Xss512k");

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String BUCKET = "showreel";

    private final Process service;
    private final MinioClient store;
    private final Connection database;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Map<URI, Integer> cleanFrames = new HashMap<>();
    private long jobs;

    private record Heard(long jobId, VideoEvent event, long nanos) {}

    /** A film, and when it was heard of. */
    record Finished(FilmPublished film, long nanos) {}

    private CuttingRoom(Process service, PostgresServer.Database database) throws Exception {
        this.service = service;
        store = MinioClient.builder()
                .endpoint(S3Server.shared().endpoint().toString())
                .region("us-east-1")
                .credentials(S3Server.shared().accessKey(), S3Server.shared().secretKey())
                .build();
        if (!store.bucketExists(BucketExistsArgs.builder().bucket(BUCKET).build())) {
            store.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        }
        this.database = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        var servers = KafkaServer.shared().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(number -> new TopicPartition(Topics.VIDEO_EVENTS, number))
                .toList());
    }

    /** @param folder for what the service writes */
    static CuttingRoom open(Path folder) throws Exception {
        try (var admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", KafkaServer.shared().bootstrapServers()))) {
            admin.createTopics(
                            List.of(Topics.SCENE_REQUESTS, Topics.SCENE_EVENTS, Topics.VIDEO_EVENTS, Topics.JOB_EVENTS)
                                    .stream()
                                    .map(topic -> new NewTopic(topic, Topics.PARTITIONS, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        var database = PostgresServer.shared().createDatabase("cutting_benchmark");
        var port = Ports.free();
        var service = start(folder, port, database);
        awaitReady(service, port);
        return new CuttingRoom(service, database);
    }

    private static Process start(Path folder, int port, PostgresServer.Database database) throws IOException {
        var store = S3Server.shared();
        var classPath = MODULE.resolve("classes")
                + File.pathSeparator
                + Files.readString(MODULE.resolve("classpath")).strip();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", classPath, "io.showreel.stitch.StitchApplication"));
        Map.of(
                        "server.port", port,
                        "stitch.work-dir", folder.resolve("work"),
                        "stitch.ffmpeg", FfmpegTools.find().ffmpeg(),
                        "spring.kafka.bootstrap-servers", KafkaServer.shared().bootstrapServers(),
                        "showreel.objects.endpoint", store.endpoint(),
                        "showreel.objects.access-key", store.accessKey(),
                        "showreel.objects.secret-key", store.secretKey())
                .forEach((name, value) -> command.add("--" + name + "=" + value));
        for (var part : List.of("r2dbc", "flyway")) {
            boolean reactive = part.equals("r2dbc");
            command.add("--spring." + part + ".url=" + (reactive ? database.r2dbcUrl() : database.jdbcUrl()));
            command.add("--spring." + part + (reactive ? ".username=" : ".user=") + database.username());
            command.add("--spring." + part + ".password=" + database.password());
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "stitch-benchmark.log").toFile())
                .start();
    }

    private static void awaitReady(Process service, int port) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d/actuator/health/readiness".formatted(port)))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            await("the service")
                    .atMost(PATIENCE)
                    .ignoreExceptionsMatching(IOException.class::isInstance)
                    .until(() -> {
                        if (!service.isAlive()) {
                            throw new IllegalStateException("It ended with " + service.exitValue());
                        }
                        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
                    });
        }
    }

    /** The process of the service; FFmpeg's are its children. */
    ProcessHandle service() {
        return service.toHandle();
    }

    long newJob() {
        return ++jobs;
    }

    /** @param frames that it decodes to, as render-service tells of every clip that it has looked at */
    URI keep(Path file, int frames) throws Exception {
        var clip = keep(file);
        cleanFrames.put(clip, frames);
        return clip;
    }

    URI keep(Path file) throws Exception {
        var key = "takes/" + UUID.randomUUID() + ".mp4";
        store.uploadObject(UploadObjectArgs.builder()
                .bucket(BUCKET)
                .object(key)
                .filename(file.toString())
                .build());
        return URI.create("s3://" + BUCKET + "/" + key);
    }

    void fetch(URI object, Path into) throws Exception {
        store.downloadObject(DownloadObjectArgs.builder()
                .bucket(BUCKET)
                .object(object.getPath().substring(1))
                .filename(into.toString())
                .overwrite(true)
                .build());
    }

    void request(long job, int cut, int scenes, Transition into) {
        var numbers = IntStream.rangeClosed(1, scenes).boxed().toList();
        send(
                Topics.SCENE_REQUESTS,
                job,
                new CutRequested(
                        job,
                        cut,
                        new UUID(1, 1),
                        new UUID(1, 2),
                        "default",
                        null,
                        OnSceneFailure.PARTIAL,
                        ErrorStrategy.CONTINUE_WITH_SILENCE,
                        numbers.stream()
                                .map(scene ->
                                        new RequestedTake(new UUID(job, scene), new UUID(0, scene), false, clip()))
                                .toList(),
                        new Finish(
                                "16:9",
                                numbers.stream()
                                        .map(scene -> new FinishedScene(
                                                new UUID(0, scene),
                                                new UUID(job, scene),
                                                "Scene " + scene,
                                                LENGTH,
                                                into,
                                                null))
                                        .toList(),
                                null),
                        Configuration.BUILT_IN));
    }

    private static TakeInput clip() {
        return new TakeInput(
                TakeKind.CLIP, "google/veo-3.1-fast", "Slowly forward", null, null, LENGTH, "16:9", Map.of());
    }

    /** @param scene from 1 on */
    void arrive(long job, int cut, int scene, URI clip) {
        send(
                Topics.SCENE_EVENTS,
                job,
                new TakeRendered(
                        job,
                        cut,
                        new UUID(job, scene),
                        new UUID(0, scene),
                        TakeKind.CLIP,
                        "prediction",
                        "google/veo-3.1-fast",
                        clip,
                        "video/mp4",
                        1,
                        null,
                        Usd.ZERO,
                        1,
                        new Quality(
                                1920,
                                1080,
                                24,
                                LENGTH,
                                Duration.ZERO,
                                Duration.ZERO,
                                null,
                                null,
                                cleanFrames.get(clip))));
    }

    /** Waits until so many clips of the cut are looked over, and made ready where the film is known to need it. */
    void awaitShown(long job, int cut, int clips) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            listen();
            return heard.stream()
                            .filter(each -> each.jobId() == job)
                            .filter(each -> each.event() instanceof ClipShown shown && shown.cut() == cut)
                            .count()
                    >= clips;
        });
    }

    Finished awaitFilm(long job, int cut) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> film(job, cut), Optional::isPresent)
                .orElseThrow();
    }

    Optional<Finished> film(long job, int cut) {
        listen();
        for (var each : heard) {
            if (each.jobId() == job && each.event() instanceof CuttingFailed failed) {
                throw new IllegalStateException(failed.toString());
            }
            if (each.jobId() == job && each.event() instanceof FilmPublished film && film.cut() == cut) {
                return Optional.of(new Finished(film, each.nanos()));
            }
        }
        return Optional.empty();
    }

    /** What the house's encoder made of these clips, once it has. */
    List<URI> reelsOf(List<URI> clips) {
        return clips.stream()
                .map(clip -> await().atMost(PATIENCE).until(() -> reelOf(clip), Optional::isPresent))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<URI> reelOf(URI clip) throws SQLException {
        try (var query = database.prepareStatement(
                "select document ->> 'file' from reel where key like 'house %' and key like '%' || ?")) {
            query.setString(1, clip.toString());
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(URI.create(rows.getString(1))) : Optional.empty();
            }
        }
    }

    private void listen() {
        var vocabulary = Vocabulary.of(VideoEvent.class);
        for (var message : consumer.poll(Duration.ofMillis(20))) {
            var type = new String(message.headers().lastHeader(CloudEvents.TYPE).value(), StandardCharsets.UTF_8);
            heard.add(new Heard(
                    Long.parseLong(new String(message.key(), StandardCharsets.UTF_8)),
                    vocabulary.read(type, message.value()).orElseThrow(),
                    System.nanoTime()));
        }
    }

    private void send(String topic, long job, Object payload) {
        var message = new ProducerRecord<>(
                topic,
                Long.toString(job).getBytes(StandardCharsets.UTF_8),
                WireJson.mapper().writeValueAsBytes(payload));
        Map.of(
                        CloudEvents.ID, UUID.randomUUID().toString(),
                        CloudEvents.TYPE, Vocabulary.typeOf(payload.getClass()))
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(message);
        producer.flush();
    }

    @Override
    public void close() throws InterruptedException, SQLException {
        producer.close();
        consumer.close();
        database.close();
        service.destroy();
        service.waitFor();
    }
}
