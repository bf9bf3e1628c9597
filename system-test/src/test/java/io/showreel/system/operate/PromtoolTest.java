package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromtoolTest {

    @Test
    void the_rules_are_valid_and_each_alert_is_heard_when_it_must_be() throws Exception {
        var promtool = Tool.find("promtool", "Debian's package prometheus");
        var folder = Tree.ROOT.resolve("infra/observability/prometheus");
        assertThat(promtool.run(folder, "check", "config", "prometheus.yaml").output())
                .contains("SUCCESS");
        var tested = promtool.run(folder, "test", "rules", "alerts-test.yaml");
        assertThat(tested.output()).contains("SUCCESS");
        assertThat(tested.exitCode()).as(tested.output()).isZero();
    }
}
