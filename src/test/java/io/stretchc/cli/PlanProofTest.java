package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.codec.SnapshotCodec;
import io.stretchc.plan.Night;
import io.stretchc.plan.Scenario;
import io.stretchc.simulate.Law;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.simulate.Violation;
import io.stretchc.topology.SiteName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that breaks a law never leaves the program. */
class PlanProofTest {
    private static final Scenario RECOVER = new Scenario.Recover(new SiteName("us"));

    @TempDir
    Path work;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PlanOptions options = new PlanOptions();

    @BeforeEach
    void write() throws IOException {
        options.file = Files.writeString(work.resolve("stretch.yaml"), Topologies.STRETCH)
                .toString();
        options.snapshot = work.resolve("lost.json").toString();
        try (OutputStream file = Files.newOutputStream(work.resolve("lost.json"))) {
            new SnapshotCodec().write(Night.of("2.10.27").look(), file);
        }
    }

    @Test
    void aPlanThatHoldsIsPrinted() {
        assertThat(make(Simulator::prove)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("steps:");
    }

    @Test
    void aPlanThatBreaksALawIsNotPrintedAndTheLawIsNamedWithItsStep() {
        PlanProof.Prover planted = (start, plan, bill, scenario) ->
                new Proof(List.of(new Violation(3, Law.SPLIT, "two parts of it could each elect")), plan.size());

        assertThat(make(planted)).isEqualTo(ExitCode.BUG);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("bug of stretchc")
                .contains("SPLIT, step `start-emea_4`: two parts of it could each elect");
    }

    @Test
    void noFileIsWrittenEither() {
        options.output = work.resolve("plan.yaml").toString();
        PlanProof.Prover planted = (start, plan, bill, scenario) ->
                new Proof(List.of(new Violation(plan.size(), Law.END, "nobody leads")), plan.size());

        assertThat(make(planted)).isEqualTo(ExitCode.BUG);
        assertThat(work.resolve("plan.yaml")).doesNotExist();
        assertThat(err.toString()).contains("END, the end: nobody leads");
    }

    private ExitCode make(PlanProof.Prover prover) {
        var console = new Console(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(new byte[0]),
                new TreeMap<>(),
                Terminal.NONE,
                Terminal.NONE,
                Engines.lazy());
        return new PlanMaking(console, options, prover).make(RECOVER, null);
    }
}
