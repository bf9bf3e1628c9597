package io.showreel.messaging.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An address at which nobody answers until it is opened; then it leads to the server behind it. */
final class LateDoor implements AutoCloseable {

    private final String host;
    private final int port;
    private final int closedPort;
    private final ServerSocket door = new ServerSocket();

    LateDoor(String address) throws IOException {
        this.host = address.substring(0, address.indexOf(':'));
        this.port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (var free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            closedPort = free.getLocalPort();
        }
    }

    String address() {
        return "localhost:" + closedPort;
    }

    void open() throws IOException {
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), closedPort));
        Thread.ofVirtual().start(this::admit);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void admit() {
        try {
            while (true) {
                var visitor = door.accept();
                var server = new Socket(host, port);
                Thread.ofVirtual().start(() -> pass(visitor, server));
                Thread.ofVirtual().start(() -> pass(server, visitor));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Either side has left.
        }
    }
}
