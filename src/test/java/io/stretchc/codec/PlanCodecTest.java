package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stretchc.codec.PlanCodec.Reading;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Scenario;
import io.stretchc.status.World;
import io.stretchc.topology.SiteName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as files: the same bytes, the same plan back, and nothing that was edited. */
class PlanCodecTest {
    private static final int LIMIT = 1024 * 1024;

    private final PlanCodec codec = new PlanCodec();

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void aPlanComesBackAsItWas(String version) throws IOException {
        Plan plan = Night.recover(version);

        assertThat(read(codec.yaml(plan))).isEqualTo(new Reading.Good(plan, codec.id(plan)));
        assertThat(codec.yaml(plan)).isEqualTo(codec.yaml(Night.recover(version)));
    }

    @Test
    void namesThatLookLikeYamlComeBackAsTheyWere() throws IOException {
        for (String odd : new String[] {"no", "1.5", "- a: b", "#x", "\"'\\", "é😀", "a: b", "~", "*x", "$(id)`id`"}) {
            World world = Night.of("2.10.27");
            world.with(odd, new World.Stream("emea_1", "us_1", "us_2"));
            world.stream(odd).leader = null;
            world.stream(odd).messages.remove("us_1");
            world.stream(odd).messages.remove("us_2");
            Plan plan = Night.planned(Night.result(world, Night.RICH, new Scenario.Recover(new SiteName("us")), null));

            assertThat(read(codec.yaml(plan))).as(odd).isEqualTo(new Reading.Good(plan, codec.id(plan)));
        }
    }

    @Test
    void anEditedPlanIsToldAsOne() throws IOException {
        String yaml = codec.yaml(Night.recover("2.10.27"));

        assertThat(reason(yaml.replace("within_seconds: 30", "within_seconds: 31")))
                .contains("the id no longer matches");
        assertThat(reason(yaml.replace("risk: irreversible", "risk: safe"))).contains("the id no longer matches");
        assertThat(reason(yaml.replace("scenario:\n", "scenario: \n"))).contains("not a plan");
        assertThat(reason(yaml + "more: 1\n")).contains("the id no longer matches");
        assertThat(reason(yaml + "cluster: X\n")).contains("was there before");
        assertThat(reason(yaml.replaceFirst("# A plan", "# The plan"))).contains("the id no longer matches");
    }

    @Test
    void whatIsNoPlanIsToldAsOne() throws IOException {
        for (String text : new String[] {
            "",
            "{}",
            "format: 2\n",
            "format: 1\n",
            "a: &x [*x]\n",
            "a:\n  a:\n    a:\n",
            "a:\n".repeat(1),
            "-\n".repeat(1000),
            "steps: \"\\u12\"\n",
            "steps: \"\\",
            "\u0000",
            "a: 99999999999999999999\n"
        }) {
            assertThat(reason(text)).as(text).startsWith("This is not a plan that can be relied on");
        }
        var deep = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            deep.append("  ".repeat(Math.min(i, 100))).append("a:\n");
        }
        assertThat(reason(deep.toString())).startsWith("This is not a plan");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        byte[] much = new byte[LIMIT];

        assertThat(codec.read(new ByteArrayInputStream(much), LIMIT)).isInstanceOf(Reading.Bad.class);
    }

    @Test
    void theSchemaDescribesThePlan() throws IOException {
        var json = new ObjectMapper();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(json.readTree(Files.readString(Path.of("schema/plan.schema.json"))));

        for (String version : new String[] {"2.10.27", "2.12.8", "2.12.15", "2.15.1"}) {
            assertThat(schema.validate(json.readTree(codec.json(Night.recover(version)))))
                    .isEmpty();
        }
        assertThat(schema.validate(json.readTree("{\"format\":1}"))).isNotEmpty();
    }

    private Reading read(String yaml) throws IOException {
        return codec.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), LIMIT);
    }

    private String reason(String yaml) throws IOException {
        Reading reading = read(yaml);
        assertThat(reading).isInstanceOf(Reading.Bad.class);
        return ((Reading.Bad) reading).reason();
    }
}
