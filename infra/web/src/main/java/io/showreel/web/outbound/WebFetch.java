package io.showreel.web.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what users point to, and posts to where they want to be told. Every hop is checked by {@link Destinations}
 * before anything is sent, and connects to the machines that were checked; nothing about us goes along. Blocks; its
 * thread may be interrupted.
 */
public final class WebFetch implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OutboundSettings settings;
    private final Destinations destinations;
    private final OkHttpClient client;

    public WebFetch(OutboundSettings settings) {
        this(settings, host -> List.of(InetAddress.getAllByName(host)), PublicAddresses::contain);
    }

    WebFetch(OutboundSettings settings, Resolver resolver, Predicate<InetAddress> permitted) {
        this.settings = settings;
        this.destinations = new Destinations(settings.allowedHosts(), resolver, permitted);
        this.client = new OkHttpClient.Builder()
                // A proxy would look names up again, and its own network is not ours to judge.
                .proxy(Proxy.NO_PROXY)
                .cookieJar(CookieJar.NO_COOKIES)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.silence())
                .writeTimeout(settings.silence())
                .build();
    }

    /**
     * Fetches a resource and hands its bytes over as they come.
     *
     * @throws AddressRefusedException if the address, or one that it redirects to, may not be connected to
     * @throws FetchFailedException if it did not answer with a resource, or not in time
     */
    public <T> T get(String address, Receiver<T> receiver) throws IOException {
        var deadline = System.nanoTime() + settings.timeout().toNanos();
        var next = destinations.check(address);
        for (int redirects = 0; ; redirects++) {
            try (var response = send(next, request(next).build(), Duration.ofNanos(deadline - System.nanoTime()))) {
                var target = targetOf(response);
                if (target == null) {
                    return receive(response, receiver);
                }
                if (redirects == settings.maxRedirects()) {
                    throw new FetchFailedException("It redirects more than " + settings.maxRedirects() + " times.");
                }
                next = destinations.check(target);
            }
        }
    }

    /**
     * Judges an address before it is needed.
     *
     * @throws AddressRefusedException if it may not be connected to
     * @throws FetchFailedException if its name leads nowhere, which may be otherwise later
     */
    public void check(String address) throws FetchFailedException {
        destinations.check(address);
    }

    /**
     * Posts a body. A redirect is an answer like any other, and of the answer's own body nothing is kept: it is the
     * other side's, and may be endless.
     *
     * @param timeout for all of it
     * @throws AddressRefusedException if the address may not be connected to
     * @throws FetchFailedException if it did not answer, or not in time
     */
    public Reply post(String address, Map<String, String> headers, byte[] body, String contentType, Duration timeout)
            throws FetchFailedException {
        var destination = destinations.check(address);
        var request = request(destination).post(RequestBody.create(body, MediaType.get(contentType)));
        headers.forEach(request::header);
        try (var response = send(destination, request.build(), timeout)) {
            return new Reply(response.code(), response.header("Retry-After"));
        }
    }

    /** @param retryAfter as the other side wrote it; null if it did not */
    public record Reply(int status, @Nullable String retryAfter) {}

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static Request.Builder request(Destination destination) {
        return new Request.Builder()
                .url(destination.url())
                // Compressed, a small answer could become a large one.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "Showreel");
    }

    private Response send(Destination destination, Request request, Duration left) throws FetchFailedException {
        if (left.toMillis() < 1) {
            throw tooSlow(null);
        }
        var pinned = client.newBuilder()
                .dns(host -> destination.machines())
                .callTimeout(left)
                .build();
        try {
            return pinned.newCall(request).execute();
        } catch (InterruptedIOException e) {
            throw tooSlow(e);
        } catch (IOException e) {
            throw new FetchFailedException("It can't be reached.", e);
        }
    }

    /** Where a redirect leads; null if this is none. */
    private static @Nullable HttpUrl targetOf(Response response) throws FetchFailedException {
        if (!REDIRECTS.contains(response.code())) {
            return null;
        }
        var location = response.header("Location");
        if (location == null) {
            throw new FetchFailedException("It redirects to nowhere.");
        }
        var target = response.request().url().resolve(location);
        if (target == null) {
            throw new AddressRefusedException("redirects to something that is no http or https address");
        }
        return target;
    }

    private static <T> T receive(Response response, Receiver<T> receiver) throws IOException {
        if (response.code() != 200) {
            throw new FetchFailedException("It answered " + response.code() + " instead of 200.");
        }
        var body = response.body();
        var type = body.contentType();
        var bytes = new Body(body.byteStream());
        return receiver.receive(
                response.request().url().uri(), type == null ? null : type.type() + "/" + type.subtype(), bytes);
    }

    private static FetchFailedException tooSlow(@Nullable IOException cause) {
        return new FetchFailedException("It took too long to answer.", cause);
    }

    /** Takes what was fetched. */
    @FunctionalInterface
    public interface Receiver<T> {

        /**
         * @param address the one that answered, after all redirects
         * @param contentType as the other side declares it
         * @param bytes to be read here; ends where the other side said that it would, or fails
         */
        T receive(URI address, @Nullable String contentType, InputStream bytes) throws IOException;
    }

    /** Tells trouble with the other side from trouble with where its bytes are put. */
    private static final class Body extends FilterInputStream {

        Body(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            try {
                return super.read(into, from, count);
            } catch (InterruptedIOException e) {
                throw tooSlow(e);
            } catch (IOException e) {
                throw new FetchFailedException("It broke off half-way.", e);
            }
        }
    }
}
