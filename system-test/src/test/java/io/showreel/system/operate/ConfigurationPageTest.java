package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final String WRITE = "showreel.configuration.write";

    /** What has no default because it is off, derived, or depends on the machine. */
    private static final Set<String> MAY_LACK_A_DEFAULT = Set.of(
            "selection.xai.effort",
            "showreel.api-keys",
            "showreel.films.folder",
            "showreel.media.secret",
            "showreel.models.fallbacks",
            "showreel.outbound.allowed-hosts",
            "showreel.replicate.public-base-url",
            "showreel.scratch.folder",
            "showreel.uploads.folder",
            "stitch.work-dir");

    private final ConfigurationPage page = new ConfigurationPage();

    @Test
    void every_setting_is_described() {
        assertThat(page.settings()).hasSizeGreaterThan(50).allSatisfy(setting -> assertThat(setting.description())
                .as(setting.name())
                .isNotBlank());
    }

    @Test
    void every_setting_has_a_default_or_a_reason_to_have_none() {
        assertThat(page.settings())
                .filteredOn(setting -> setting.value() == null)
                .extracting(Setting::name)
                .isSubsetOf(MAY_LACK_A_DEFAULT);
    }

    @Test
    void the_page_and_the_list_of_variables_are_current() {
        assertThat(Tree.isCurrent(ConfigurationPage.PAGE, page.page(), WRITE))
                .as("%s is stale; run this test with -D%s=true", ConfigurationPage.PAGE, WRITE)
                .isTrue();
        assertThat(Tree.isCurrent(ConfigurationPage.LIST, page.variables(), WRITE))
                .as("%s is stale; run this test with -D%s=true", ConfigurationPage.LIST, WRITE)
                .isTrue();
    }
}
