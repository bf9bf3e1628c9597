package io.showreel.embedded;

import io.showreel.embedded.process.Folders;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.RunningServer;
import io.showreel.embedded.process.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An S3 server that checks signatures, over a folder of its own. */
public final class S3Server implements Server {

    private final Settings settings;

    /**
     * @param data the folder that keeps the objects between runs
     * @param port on the loopback interface
     */
    public record Settings(Path data, int port, String accessKey, String secretKey) {}

    public S3Server(Settings settings) {
        this.settings = settings;
    }

    /** The one server of this JVM, for tests: started at first use over a temporary folder, gone with the JVM. */
    public static S3Server shared() {
        return Shared.SERVER;
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + settings.port());
    }

    public String accessKey() {
        return settings.accessKey();
    }

    public String secretKey() {
        return settings.secretKey();
    }

    @Override
    public Program prepare() {
        var data = settings.data().toAbsolutePath();
        var objects = data.resolve("objects");
        var configuration = data.resolve("s3proxy.properties");
        try {
            Files.createDirectories(objects);
            Files.writeString(configuration, """
                    s3proxy.endpoint=%s
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem-nio2
                    jclouds.filesystem.basedir=%s
                    """.formatted(endpoint(), accessKey(), secretKey(), objects));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare the S3 server in " + data, e);
        }
        return new Program(
                "s3",
                ServerJars.java("128m", List.of(), "org.gaul.s3proxy.Main", "--properties", configuration.toString()),
                Map.of(),
                data,
                Program.StopSignal.TERM);
    }

    /** Any answer will do; without a signature it is a refusal. */
    @Override
    public boolean isReady() {
        try {
            var connection = (HttpURLConnection) endpoint().toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            var scratch = Folders.temporary("s3");
            var server =
                    new S3Server(new Settings(scratch.resolve("data"), Ports.free(), "showreel", "showreel-secret"));
            RunningServer.startForThisJvm(server, scratch);
            return server;
        }
    }
}
