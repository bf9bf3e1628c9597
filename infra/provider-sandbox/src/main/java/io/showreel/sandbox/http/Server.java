package io.showreel.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.JsonNodeFactory;

/** One origin: a listening port, its routes, and a witness of every exchange. One virtual thread a request. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Server.class.getName());

    private static final int PIECES = 20;

    static {
        // Read once by the JDK's server: answer small bodies at once, and let pooled connections rest.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    /** Sees every exchange after it was answered. */
    @FunctionalInterface
    public interface Witness {
        void saw(Request request, int status);
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private Server(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Binds the port (0: any free one), so that its number is known before the routes are made. */
    public static Server bind(String address, int port) {
        try {
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            var server = HttpServer.create(new InetSocketAddress(address, port), 1024);
            server.setExecutor(threads);
            return new Server(server, threads);
        } catch (BindException e) {
            throw new IllegalStateException("port " + port + " is taken", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void serve(Routes routes, Reply unknown, Witness witness) {
        server.createContext("/", exchange -> answer(exchange, routes, unknown, witness));
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Routes routes, Reply unknown, Witness witness)
            throws IOException {
        var match = routes.match(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath())
                .orElseGet(() -> new Routes.Match(request -> unknown, Map.of()));
        var request = new Request(exchange, match.variables());
        var reply = outcome(match.handler(), request);
        witness.saw(request, reply.status());
        send(exchange, reply);
    }

    private static Reply outcome(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.severed();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, () -> request.method() + " " + request.path() + " failed", e);
            return Reply.problem(
                    500,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("title", "Internal server error")
                            .put("detail", "The sandbox itself failed; see its log.")
                            .put("status", 500));
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        // Closing the exchange without headers cuts the connection.
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            switch (reply.body()) {
                case Reply.Severed severed -> {}
                case Reply.Nothing nothing -> exchange.sendResponseHeaders(reply.status(), -1);
                case Reply.Bytes bytes -> {
                    exchange.getResponseHeaders().set("content-type", bytes.contentType());
                    boolean bare = head || bytes.content().length == 0;
                    exchange.sendResponseHeaders(reply.status(), bare ? -1 : bytes.content().length);
                    if (!bare) {
                        exchange.getResponseBody().write(bytes.content());
                    }
                }
                case Reply.Content content -> sendFile(exchange, reply.status(), content, head);
                case Reply.Beginning beginning -> sendBeginning(exchange, reply.status(), beginning);
                case Reply.Trickle trickle -> sendSlowly(exchange, reply.status(), trickle);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendBeginning(HttpExchange exchange, int status, Reply.Beginning beginning)
            throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("content-type", beginning.contentType());
        exchange.sendResponseHeaders(status, Files.size(beginning.file()));
        try (var in = Files.newInputStream(beginning.file())) {
            exchange.getResponseBody().write(in.readNBytes((int) beginning.bytes()));
            exchange.getResponseBody().flush();
        }
        Thread.sleep(beginning.silence());
    }

    private static void sendSlowly(HttpExchange exchange, int status, Reply.Trickle trickle)
            throws IOException, InterruptedException {
        long size = Files.size(trickle.file());
        exchange.getResponseHeaders().set("content-type", trickle.contentType());
        exchange.sendResponseHeaders(status, size);
        try (var in = Files.newInputStream(trickle.file())) {
            for (int piece = 0; piece < PIECES; piece++) {
                Thread.sleep(trickle.over().dividedBy(PIECES));
                exchange.getResponseBody().write(in.readNBytes((int) (size / PIECES + 1)));
                exchange.getResponseBody().flush();
            }
        }
    }

    private static void sendFile(HttpExchange exchange, int status, Reply.Content content, boolean head)
            throws IOException {
        try (var in = Files.newInputStream(content.file())) {
            long size = Files.size(content.file());
            exchange.getResponseHeaders().set("content-type", content.contentType());
            if (head) {
                exchange.getResponseHeaders().set("content-length", Long.toString(size));
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, size == 0 ? -1 : size);
            in.transferTo(exchange.getResponseBody());
        } catch (NoSuchFileException e) {
            exchange.sendResponseHeaders(404, -1);
        }
    }
}
