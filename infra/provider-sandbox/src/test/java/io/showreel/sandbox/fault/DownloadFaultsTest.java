package io.showreel.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.FaultySandbox;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadFaultsTest {
    @TempDir
    Path home;

    private FaultySandbox sandbox;
    private String output;
    private byte[] whole;

    @BeforeEach
    void start() {
        sandbox = FaultySandbox.in(home);
        output = sandbox.output();
        whole = Client.fetch(output).body();
    }

    @AfterEach
    void stop() {
        assertThat(Client.fetch(output).body()).as("the next download").isEqualTo(whole);
        assertThat(sandbox.struck())
                .containsExactly(sandbox.sandbox().ledger().getFirst().predictionId());
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"truncated,''", "stalled,',\"over\":\"PT0.3S\"'"})
    void a_download_may_break_off(String how, String more) {
        order(how, more);

        assertThatThrownBy(() -> Client.fetch(output)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void half_a_file_may_pass_for_a_whole_one() {
        order("short", "");

        assertThat(Client.fetch(output).body()).hasSize(whole.length / 2);
    }

    @ParameterizedTest
    @CsvSource({"wrong_type, text/html", "disguised, video/mp4"})
    void a_page_may_come_instead_of_a_film(String how, String type) {
        order(how, "");

        var page = Client.fetch(output);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains(type);
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).startsWith("<html>");
    }

    @Test
    void a_download_may_be_empty() {
        order("empty", "");

        var empty = Client.fetch(output);

        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void a_download_may_take_its_time() {
        order("slow", ",\"over\":\"PT0.5S\"");
        long began = System.nanoTime();

        assertThat(Client.fetch(output).body()).isEqualTo(whole);

        assertThat((System.nanoTime() - began) / 1e9).isGreaterThan(0.4);
    }

    @ParameterizedTest
    @CsvSource({"gone, 404", "unavailable, 503"})
    void a_download_may_be_refused(String how, int status) {
        order(how, "");

        assertThat(Client.fetch(output).statusCode()).isEqualTo(status);
    }

    private void order(String how, String more) {
        sandbox.order("{\"fault\":\"spoil_download\",\"how\":\"" + how + "\",\"model\":\"" + FaultySandbox.VEO + "\""
                + more + "}");
    }
}
