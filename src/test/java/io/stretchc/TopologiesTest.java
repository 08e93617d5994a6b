package io.stretchc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import org.junit.jupiter.api.Test;

class TopologiesTest {
    @Test
    void theTopologyThatOtherTestsStartFromIsFine() {
        assertThat(Topologies.codes(Topologies.STRETCH)).containsOnly(Code.NW201, Code.QM101);
    }
}
