package io.showreel.objects.minio;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
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
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** {@link ObjectStore} over the MinIO client, which is alive although the server of that name is archived. */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {

    private static final Set<String> NOT_FOUND =
            Set.of("NoSuchKey", "NoSuchBucket", "NoSuchObject", "ResourceNotFound");
    private static final long SMALL = 1024 * 1024;
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    private final OkHttpClient http;
    private final MinioClient client;
    private final String bucket;
    private volatile boolean bucketIsThere;

    public MinioObjectStore(ObjectStoreSettings settings) {
        http = new OkHttpClient.Builder()
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
        if (isSmall(file) || !isKept(object, file)) {
            doing(
                    object,
                    "keep",
                    () -> client.uploadObject(UploadObjectArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .contentType(contentType)
                            .filename(file.toString())
                            .build()));
        }
        return object;
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

    /** To ask whether it is there takes as long as to send it; the same bytes again change nothing. */
    private static boolean isSmall(Path file) {
        try {
            return Files.size(file) <= SMALL;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key holds the hash; the size is compared as well, so that nothing half-written is taken for the whole. */
    private boolean isKept(URI object, Path file) {
        try {
            return stat(object).size() == Files.size(file);
        } catch (ObjectNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
