package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.RefuseCall;
import io.showreel.sandbox.file.Upload;
import io.showreel.sandbox.file.Uploads;
import io.showreel.sandbox.http.Multipart;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.model.Violation;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The Files API: uploads of an hour, to be used as inputs. */
final class FilesApi {
    private static final long LIMIT = 100L << 20;
    private static final int FIELD_LIMIT = 64 * 1024;
    private static final int NAME_LIMIT = 255;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,11}");

    private final Uploads uploads;
    private final Views views;
    private final Duration retention;

    FilesApi(Uploads uploads, Views views, Duration retention) {
        this.uploads = uploads;
        this.views = views;
        this.retention = retention;
    }

    void addTo(Routes routes, Gate gate) {
        routes.on("POST", "/v1/files", gate.other(RefuseCall.Call.UPLOAD, this::create))
                .on("GET", "/v1/files", gate.other(RefuseCall.Call.OTHER, this::list))
                .on("GET", "/v1/files/{id}", gate.other(RefuseCall.Call.OTHER, this::show))
                .on("DELETE", "/v1/files/{id}", gate.other(RefuseCall.Call.OTHER, this::delete))
                .on("GET", "/v1/files/{id}/download", this::download);
    }

    private Reply create(Request request, String account) throws IOException {
        var contentType = request.header("content-type").orElse("");
        if (!Multipart.is(contentType)) {
            throw Problems.malformed("Missing content");
        }
        var id = Ids.random(26);
        var part = uploads.receiving(id);
        try {
            var form = new Form(part);
            try {
                Multipart.read(contentType, request.body(), form);
            } catch (TooLarge e) {
                request.body().transferTo(OutputStream.nullOutputStream());
                throw Problems.fileTooLarge();
            }
            if (!form.hasContent) {
                throw Problems.invalid(List.of(new Violation("required", "", "content is required")));
            }
            var upload = form.upload(id, account, retention);
            uploads.keep(upload, part);
            return Reply.json(201, views.upload(upload));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Reply list(Request request, String account) {
        var body = Json.object();
        body.putNull("next").putNull("previous");
        var results = body.putArray("results");
        uploads.newestFirst()
                .filter(upload -> upload.account().equals(account))
                .limit(100)
                .forEach(upload -> results.add(views.upload(upload)));
        return Reply.json(200, body);
    }

    private Reply show(Request request, String account) {
        return Reply.json(200, views.upload(find(request, account)));
    }

    private Reply delete(Request request, String account) {
        uploads.delete(find(request, account));
        return Reply.empty(204);
    }

    /** By signature, not by key, and until its expiry; the signature of the sandbox is the file's checksum. */
    private Reply download(Request request) {
        if (request.query("expiry").filter(FilesApi::isAhead).isEmpty()) {
            throw Problems.unknownFile();
        }
        var upload = uploads.find(request.variable("id"))
                .filter(known -> request.query("owner").equals(Optional.of(known.account())))
                .filter(known -> request.query("signature").equals(Optional.of(known.sha256())))
                .orElseThrow(Problems::unknownFile);
        return Reply.file("application/octet-stream", uploads.path(upload));
    }

    /** @param expiry in seconds since 1970 */
    private static boolean isAhead(String expiry) {
        return DIGITS.matcher(expiry).matches()
                && Instant.ofEpochSecond(Long.parseLong(expiry)).isAfter(Instant.now());
    }

    private Upload find(Request request, String account) {
        return uploads.find(request.variable("id"))
                .filter(upload -> upload.account().equals(account))
                .orElseThrow(Problems::unknownFile);
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The form's parts as they stream in. */
    private static final class Form implements Multipart.Sink {
        private final Path part;
        private final MessageDigest digest = Ids.sha256();
        private final ByteArrayOutputStream filename = new ByteArrayOutputStream();
        private final ByteArrayOutputStream type = new ByteArrayOutputStream();
        private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
        private @Nullable String partName;
        private @Nullable String partType;
        private long size;
        private boolean hasContent;

        Form(Path part) {
            this.part = part;
        }

        @Override
        public OutputStream open(Multipart.Part head) throws IOException {
            return switch (head.name()) {
                case "content" -> {
                    hasContent = true;
                    partName = head.filename().orElse(null);
                    partType = head.contentType().orElse(null);
                    yield new ContentStream(new FileOutputStream(part.toFile()));
                }
                case "filename" -> new Bounded(filename);
                case "type" -> new Bounded(type);
                case "metadata" -> new Bounded(metadata);
                default -> OutputStream.nullOutputStream();
            };
        }

        Upload upload(String id, String account, Duration retention) {
            var name = text(filename).or(() -> Optional.ofNullable(partName)).orElse("");
            if (name.getBytes(StandardCharsets.UTF_8).length > NAME_LIMIT) {
                throw Problems.invalid(
                        List.of(new Violation("string_lte", "filename", "filename must be at most 255 bytes")));
            }
            var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            return new Upload(
                    id,
                    account,
                    name,
                    text(type).or(() -> Optional.ofNullable(partType)).orElse("application/octet-stream"),
                    size,
                    Ids.hex(digest.digest()),
                    text(metadata).map(Form::json).orElseGet(Json::object),
                    now,
                    now.plus(retention));
        }

        private static ObjectNode json(String text) {
            try {
                if (Json.MAPPER.readTree(text) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JacksonException e) {
                throw Problems.malformed("metadata is not JSON");
            }
            throw Problems.malformed("metadata must be a JSON object");
        }

        private static Optional<String> text(ByteArrayOutputStream field) {
            return Optional.of(field.toString(StandardCharsets.UTF_8)).filter(text -> !text.isBlank());
        }

        /** Counts and digests what passes, and is on the disk once it is closed. */
        private final class ContentStream extends OutputStream {
            private final FileOutputStream file;
            private final byte[] buffer = new byte[64 * 1024];
            private int filled;

            ContentStream(FileOutputStream file) {
                this.file = file;
            }

            @Override
            public void write(int b) throws IOException {
                if (filled == buffer.length) {
                    pass();
                }
                buffer[filled++] = (byte) b;
            }

            @Override
            public void close() throws IOException {
                try (file) {
                    pass();
                    file.getFD().sync();
                }
            }

            private void pass() throws IOException {
                size += filled;
                if (size > LIMIT) {
                    filled = 0;
                    throw new TooLarge();
                }
                digest.update(buffer, 0, filled);
                file.write(buffer, 0, filled);
                filled = 0;
            }
        }

        /** A field that is only text. */
        private static final class Bounded extends OutputStream {
            private final ByteArrayOutputStream field;

            Bounded(ByteArrayOutputStream field) {
                this.field = field;
            }

            @Override
            public void write(int b) throws IOException {
                if (field.size() >= FIELD_LIMIT) {
                    throw new TooLarge();
                }
                field.write(b);
            }
        }
    }
}
