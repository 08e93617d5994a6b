package io.stretchc.compile;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Turns a topology that passed its checks into files. The same topology gives the same bytes. */
public final class ConfigCompiler {
    private final Templates templates;

    public ConfigCompiler(Templates templates) {
        this.templates = templates;
    }

    /** All files of all clusters, ordered by path. */
    public List<ConfigFile> compile(ResolvedTopology topology) {
        var files = new ArrayList<ConfigFile>();
        for (ClusterModel cluster : topology.clusters()) {
            files.addAll(servers(cluster, s -> true));
            files.add(accounts(cluster));
            files.addAll(new ContextWriter().contexts(cluster));
        }
        files.sort(Comparator.comparing(ConfigFile::path));
        return files;
    }

    /** The configurations of some servers of a cluster. */
    public List<ConfigFile> servers(ClusterModel cluster, Predicate<ServerModel> wanted) {
        var view = new ServerView(cluster);
        Templates.Renderer template = templates.server();
        return cluster.all()
                .filter(wanted)
                .map(s -> new ConfigFile(cluster.directory() + "/" + s.file(), template.render(view.of(s))))
                .toList();
    }

    /** The file that every server of the cluster includes. */
    public ConfigFile accounts(ClusterModel cluster) {
        String text = templates.accounts().render(AccountsView.of(cluster.access()));
        return new ConfigFile(cluster.directory() + "/accounts.conf", text);
    }
}
