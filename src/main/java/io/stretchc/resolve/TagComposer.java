package io.stretchc.resolve;

import io.stretchc.topology.ServerName;
import io.stretchc.topology.UniqueTag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a server's tags together: region, the unique one, data centre, then those written. */
record TagComposer(UniqueTag uniqueTag) {
    List<String> compose(
            ServerName name, @Nullable String region, @Nullable String dc, @Nullable String unique, List<String> more) {
        var tags = new ArrayList<String>();
        if (region != null) {
            tags.add("region:" + region);
        }
        if (unique != null || uniqueTag.generated()) {
            tags.add(uniqueTag.prefix() + (unique == null ? name.text() : unique));
        }
        if (dc != null) {
            tags.add("dc:" + dc);
        }
        more.stream().filter(t -> !tags.contains(t)).forEach(tags::add);
        return tags;
    }
}
