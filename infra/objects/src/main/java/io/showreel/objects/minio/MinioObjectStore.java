package io.showreel.objects.minio;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreException;
import io.showreel.objects.ObjectStoreSettings;
import io.showreel.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** {@link ObjectStore} over the MinIO client, which is alive although the server of that name is archived. */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {

    private static final Set<String> NOT_FOUND =
            Set.of("NoSuchKey", "NoSuchBucket", "NoSuchObject", "ResourceNotFound");
    private static final String SHA256 = "X-Amz-Content-Sha256";
    /** To ask whether a file of this size is there takes as long as to send it; the same bytes again change nothing. */
    private static final long SMALL = 1024 * 1024;

    /** The client's own limit: what is larger it sends in parts. */
    private static final long ONE_PART = 5 * 1024 * 1024;
    /** A store is one host, of which OkHttp would ask five things at a time. */
    private static final int MOST_AT_ONCE = 64;

    private static final int IDLE_CONNECTIONS = 16;
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    private final OkHttpClient http;
    private final MinioClient client;
    private final MinioAsyncClient sender;
    private final String bucket;
    private volatile boolean bucketIsThere;

    public MinioObjectStore(ObjectStoreSettings settings) {
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(MOST_AT_ONCE);
        http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .writeTimeout(settings.readTimeout())
                .build();
        client = MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
        sender = MinioAsyncClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
        bucket = settings.bucket();
    }

    @Override
    public URI keep(String prefix, Path file, String contentType) {
        return keep(prefix, file, contentType, ObjectKey.sha256(file));
    }

    @Override
    public URI keep(String prefix, Path file, String contentType, String sha256) {
        var key = ObjectKey.of(prefix, sha256, contentType);
        var object = URI.create("s3://" + bucket + "/" + key);
        makeBucket();
        var size = size(file);
        if (size <= SMALL || !isKept(object, size)) {
            doing(object, "keep", () -> {
                if (size > 0 && size <= ONE_PART) {
                    send(key, file, size, contentType, sha256);
                } else {
                    client.uploadObject(UploadObjectArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .contentType(contentType)
                            .filename(file.toString())
                            .build());
                }
                return object;
            });
        }
        return object;
    }

    /** Under the hash that is known; the client's other ways would read the file twice more for hashes of its own. */
    private void send(String key, Path file, long size, String contentType, String sha256)
            throws MinioException, IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            sender.putObject(PutObjectAPIArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .contentType(contentType)
                            .headers(new Http.Headers(SHA256, sha256))
                            .file(bytes, size)
                            .build())
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MinioException refused ? refused : new MinioException(e.getCause());
        }
    }

    @Override
    public StoredObject stat(URI object) {
        var at = ObjectAddress.of(object);
        var found = doing(
                object,
                "look at",
                () -> client.statObject(StatObjectArgs.builder()
                        .bucket(at.bucket())
                        .object(at.key())
                        .build()));
        return new StoredObject(
                object,
                found.size(),
                found.contentType(),
                found.etag(),
                found.lastModified().toInstant());
    }

    @Override
    public void fetch(URI object, Path into) {
        var unfinished = into.resolveSibling(into.getFileName() + ".part");
        try {
            try (var bytes = open(object, 0, -1)) {
                Files.copy(bytes, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(unfinished, into, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ObjectStoreException("Could not fetch " + object, e);
        } finally {
            deleteIfThere(unfinished);
        }
    }

    @Override
    public InputStream open(URI object, long offset, long length) {
        var at = ObjectAddress.of(object);
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        var args = GetObjectArgs.builder().bucket(at.bucket()).object(at.key());
        if (offset > 0 || length > 0) {
            args.offset(offset);
        }
        if (length > 0) {
            args.length(length);
        }
        return doing(object, "open", () -> client.getObject(args.build()));
    }

    @Override
    public URI presign(URI object, Duration validity) {
        var at = ObjectAddress.of(object);
        var seconds = Math.clamp(validity.toSeconds(), 1, (int) LONGEST_VALIDITY.toSeconds());
        return URI.create(doing(
                object,
                "presign",
                () -> client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                        .method(Http.Method.GET)
                        .bucket(at.bucket())
                        .object(at.key())
                        .expiry(seconds, TimeUnit.SECONDS)
                        .build())));
    }

    @Override
    public void delete(URI object) {
        var at = ObjectAddress.of(object);
        try {
            doing(object, "delete", () -> {
                client.removeObject(RemoveObjectArgs.builder()
                        .bucket(at.bucket())
                        .object(at.key())
                        .build());
                return at;
            });
        } catch (ObjectNotFoundException e) {
            // Gone already, which is what was asked for.
        }
    }

    @Override
    public Stream<URI> list(String prefix) {
        makeBucket();
        var items = client.listObjects(ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build());
        return StreamSupport.stream(items.spliterator(), false).map(this::addressOf);
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private URI addressOf(Result<Item> listed) {
        var everything = URI.create("s3://" + bucket + "/");
        return doing(
                everything, "list", () -> URI.create(everything + listed.get().objectName()));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key holds the hash; the size is compared as well, so that nothing half-written is taken for the whole. */
    private boolean isKept(URI object, long size) {
        try {
            return stat(object).size() == size;
        } catch (ObjectNotFoundException e) {
            return false;
        }
    }

    private void makeBucket() {
        if (bucketIsThere) {
            return;
        }
        var everything = URI.create("s3://" + bucket + "/");
        doing(everything, "make", () -> {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                try {
                    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                } catch (ErrorResponseException e) {
                    // Another replica was faster.
                    if (!client.bucketExists(
                            BucketExistsArgs.builder().bucket(bucket).build())) {
                        throw e;
                    }
                }
            }
            return bucket;
        });
        bucketIsThere = true;
    }

    private static <T> T doing(URI object, String verb, Call<T> call) {
        try {
            return call.make();
        } catch (MinioException e) {
            if (isNotFound(e)) {
                throw new ObjectNotFoundException(object, e);
            }
            throw new ObjectStoreException("Could not " + verb + " " + object, e);
        } catch (IOException | IllegalStateException e) {
            // The client wraps a refused connection in the latter.
            throw new ObjectStoreException("Could not " + verb + " " + object, e);
        }
    }

    private static boolean isNotFound(MinioException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponseException refused
                    && (NOT_FOUND.contains(refused.errorResponse().code())
                            || refused.response().code() == 404)) {
                return true;
            }
        }
        return false;
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Call<T> {
        T make() throws MinioException, IOException;
    }
}
