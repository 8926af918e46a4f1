// The page over the cuts of an episode.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "cut/check_report.h"

namespace nakawari {
namespace {

using nlohmann::ordered_json;

std::string html(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

/// A figure over the cuts in their order: median as a dot, the band of three deviations around all cuts'
/// median behind it, cuts that leave the band in another colour.
std::string drift_plot(const std::vector<EpisodeCut>& cuts, const std::string& figure,
                       const std::string& title, const std::string& unit) {
  constexpr double kWidth = 720, kHeight = 150, kLeft = 54, kBottom = 22;
  std::vector<std::pair<std::size_t, double>> dots;
  std::vector<double> values;
  for (std::size_t i = 0; i < cuts.size(); ++i)
    if (const Figure* f = cuts[i].style.find(figure, 3)) {
      dots.emplace_back(i, f->median);
      values.push_back(f->median);
    }
  if (dots.size() < 2) return {};
  const Figure all = figure_of(values);
  const double band = std::max(3 * all.mad, 0.05 * std::abs(all.median));
  double low = all.median - 1.5 * band, high = all.median + 1.5 * band;
  for (const double v : values) {
    low = std::min(low, v - 0.1 * band);
    high = std::max(high, v + 0.1 * band);
  }
  // Nothing that is measured lies below 0.
  low = std::max(low, 0.0);
  if (high <= low) high = low + 1;
  const auto x = [&](std::size_t i) {
    return kLeft + 12 +
           (kWidth - kLeft - 30) *
               (cuts.size() > 1 ? static_cast<double>(i) / static_cast<double>(cuts.size() - 1) : 0.5);
  };
  const auto y = [&](double v) { return 10 + (kHeight - kBottom - 16) * (high - v) / (high - low); };
  std::string svg = fmt::format(
      "<figure><figcaption>{} <span class=soft>{}</span></figcaption><svg viewBox=\"0 0 {:.0f} {:.0f}\" "
      "role=img aria-label=\"{}\">"
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=band />"
      "<path d=\"M{:.1f} {:.1f}H{:.1f}\" class=mid />",
      html(title), html(unit), kWidth, kHeight, html(title), kLeft, y(all.median + band), kWidth - kLeft - 8,
      y(std::max(low, all.median - band)) - y(all.median + band), kLeft, y(all.median), kWidth - 8);
  for (const double v : {low, all.median, high})
    svg +=
        fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=end>{:.3g}</text>", kLeft - 6, y(v) + 4, v);
  std::string path;
  for (const auto& [i, v] : dots)
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x(i), y(v));
  svg += "<path class=run d=\"" + path + "\" />";
  const std::size_t each = std::max<std::size_t>(1, (cuts.size() + 11) / 12);
  for (const auto& [i, v] : dots)
    svg += fmt::format(
        "<a href=\"{}\"><circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" class={}><title>{}: "
        "{:.4g}</title></circle></a>",
        html(cuts[i].page), x(i), y(v), cuts.size() > 60 ? 2.5 : 4,
        std::abs(v - all.median) > band ? "off" : "in", html(cuts[i].id), v);
  for (std::size_t i = 0; i < cuts.size(); i += each)
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" text-anchor={}>{}</text>",
                       x(i) > kWidth - 60 ? kWidth - 8 : x(i), kHeight - 6,
                       x(i) > kWidth - 60 ? "end" : "middle", html(cuts[i].id));
  return svg + "</svg></figure>";
}

struct Plot {
  const char *figure, *title, *unit;
};
constexpr Plot kPlots[] = {{"width.outline", "Width of outlines", "px"},
                           {"width.inner", "Width of inner lines", "px"},
                           {"taper.tip", "Tips of free ends", "of the line's width"},
                           {"roughness.inner", "Tremble of inner lines", "px"},
                           {"curvature.inner", "Turning of inner lines", "radians a px"},
                           {"eye.below", "White under the iris", "of the eye"}};

/// Two cuts beside each other: every figure that both have, the ones that differ most first.
std::string side_by_side(const EpisodeCut& a, const EpisodeCut& b) {
  struct Row {
    std::string name;
    Figure a, b;
    double z;
  };
  std::vector<Row> rows;
  for (const auto& [name, f] : a.style.figures) {
    const Figure* g = b.style.find(name, 2);
    if (!g || f.count < 2) continue;
    const double spread = std::max({f.mad, g->mad, 0.02 * std::abs(f.median), 1e-6});
    rows.push_back({name, f, *g, std::abs(f.median - g->median) / spread});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& l, const Row& r) { return l.z > r.z; });
  std::string text = "<h2>Side by side</h2>";
  for (std::size_t k = 0; k < std::min(a.pictures.size(), b.pictures.size()); ++k) {
    text += "<div class=pair>";
    for (const auto& [cut, picture] : {std::pair{&a, &a.pictures[k]}, {&b, &b.pictures[k]}})
      text += fmt::format(
          "<figure><figcaption>{} <span class=soft>{}</span></figcaption><img alt=\"\" src=\"{}\"></figure>",
          html(cut->id), html(picture->first), picture->second);
    text += "</div>";
  }
  text += fmt::format("<table><tr><th>figure<th>{}<th>{}<th>difference, in deviations</tr>", html(a.id),
                      html(b.id));
  for (const Row& r : rows)
    text += fmt::format("<tr class={}><td>{}<td>{:.4g} ({})<td>{:.4g} ({})<td>{:.1f}</tr>",
                        r.z > 5   ? "issue"
                        : r.z > 3 ? "fyi"
                                  : "soft",
                        html(r.name), r.a.median, r.a.count, r.b.median, r.b.count, r.z);
  return text + "</table>";
}

constexpr char kHead[] = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"><style>
:root{--desk:#d9d4c8;--card:#efece4;--ink:#2b2a27;--soft:#6d6960;--rim:#bdb7a8;--issue:#b5382e;--fyi:#a0660f;--ok:#3d7a4e;color-scheme:light}
@media(prefers-color-scheme:dark){:root{--desk:#26251f;--card:#33322b;--ink:#e9e5da;--soft:#a8a395;--rim:#4b493f;--issue:#ee7f74;--fyi:#e3ac52;--ok:#7cc08e;color-scheme:dark}}
body{margin:0 auto;max-width:1180px;padding:14px 18px 40px;background:var(--desk);color:var(--ink);font:14px/1.45 system-ui,"Noto Sans CJK JP","Hiragino Sans",sans-serif}
h1{font-size:18px;margin:4px 0}h2{font-size:15px;margin:22px 0 6px}a{color:inherit}.soft{color:var(--soft)}.issue{color:var(--issue)}.fyi{color:var(--fyi)}
table{border-collapse:collapse;width:100%;background:var(--card);border-radius:8px;overflow:hidden}td,th{padding:4px 10px;text-align:left;border-bottom:1px solid var(--rim)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(440px,1fr));gap:12px}figure{margin:0;background:var(--card);border-radius:8px;padding:8px 10px}svg{width:100%;display:block}svg text{font-size:11px;fill:var(--soft)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin-bottom:12px}.pair img{width:100%;display:block;background:#fffdf6;border-radius:6px}
.band{fill:var(--ok);opacity:.14}.mid{stroke:var(--ok);stroke-dasharray:4 4;fill:none}.run{stroke:var(--soft);fill:none;opacity:.6}circle.in{fill:var(--ink)}circle.off{fill:var(--issue)}
</style>)html";

}  // namespace

EpisodeCut episode_cut(const CutCheck& check, const std::string& page) {
  EpisodeCut cut;
  cut.id = check.id;
  cut.page = page;
  cut.drawings = static_cast<int>(check.drawings.size());
  for (const CutFinding& f : check.findings) {
    if (f.state == FindingState::intended) ++cut.intended;
    if (f.state != FindingState::open) continue;
    ++(f.severity == Severity::issue ? cut.issues : cut.fyi);
    ++cut.by_check[f.finding.check];
  }
  // The cel with the most approved drawings speaks for the cut.
  for (const CheckedCel& cel : check.cels)
    if (cel.style.drawings > cut.style.drawings ||
        (cel.style.drawings == cut.style.drawings && cel.style.figures.size() > cut.style.figures.size()))
      cut.style = cel.style;
  return cut;
}

std::string episode_json(const std::string& name, const std::vector<EpisodeCut>& cuts) {
  ordered_json page{
      {"version", 1}, {"program", "nakawari " NAKAWARI_VERSION}, {"command", "check"}, {"episode", name}};
  page["cuts"] = ordered_json::array();
  for (const EpisodeCut& c : cuts) {
    ordered_json entry{
        {"id", c.id},   {"page", c.page},         {"drawings", c.drawings}, {"issues", c.issues},
        {"fyi", c.fyi}, {"intended", c.intended}, {"by_check", c.by_check}};
    if (!c.error.empty()) entry["error"] = c.error;
    entry["style"] = ordered_json::object();
    for (const auto& [figure, f] : c.style.figures) entry["style"][figure] = std::round(f.median * 1e4) / 1e4;
    page["cuts"].push_back(std::move(entry));
  }
  return page.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string episode_html(const std::string& name, const std::vector<EpisodeCut>& cuts) {
  int drawings = 0, issues = 0, fyi = 0;
  std::map<std::string, int> by_check;
  for (const EpisodeCut& c : cuts) {
    drawings += c.drawings;
    issues += c.issues;
    fyi += c.fyi;
    for (const auto& [check, count] : c.by_check) by_check[check] += count;
  }
  std::string page = kHead + fmt::format(
                                 "<title>{} – Nakawari</title></head><body><h1>{}</h1><p class=soft>{}, {}, "
                                 "<span class=issue>{}</span>, <span class=fyi>{} for information</span></p>",
                                 html(name), html(name), counted(cuts.size(), "cut"),
                                 counted(drawings, "drawing"), counted(issues, "issue"), fyi);
  std::vector<const EpisodeCut*> order;
  for (const EpisodeCut& c : cuts) order.push_back(&c);
  std::stable_sort(order.begin(), order.end(), [](const EpisodeCut* a, const EpisodeCut* b) {
    return std::tuple(a->error.empty(), -a->issues, -a->fyi) <
           std::tuple(b->error.empty(), -b->issues, -b->fyi);
  });
  page +=
      "<h2>Cuts, worst first</h2><table><tr><th>cut<th class=n>drawings<th class=n>issues<th class=n>for "
      "information<th class=n>intended<th>most of</tr>";
  for (const EpisodeCut* c : order) {
    if (!c->error.empty()) {
      page += fmt::format("<tr><td>{}<td colspan=5 class=issue>{}</tr>", html(c->id), html(c->error));
      continue;
    }
    const auto most = std::max_element(c->by_check.begin(), c->by_check.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    page += fmt::format(
        "<tr><td><a href=\"{}\">{}</a><td class=n>{}<td class=\"n issue\">{}<td class=\"n fyi\">{}<td "
        "class=n>{}<td>{}</tr>",
        html(c->page), html(c->id), c->drawings, c->issues, c->fyi, c->intended,
        most == c->by_check.end() ? std::string() : fmt::format("{} ({})", most->first, most->second));
  }
  page += "</table><h2>Findings by check</h2><table><tr><th>check<th class=n>findings</tr>";
  std::vector<std::pair<std::string, int>> list(by_check.begin(), by_check.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [check, count] : list)
    page += fmt::format("<tr><td>{}<td class=n>{}</tr>", html(check), count);
  page += "</table>";
  if (cuts.size() == 2) page += side_by_side(cuts[0], cuts[1]);
  std::string plots;
  for (const Plot& plot : kPlots) plots += drift_plot(cuts, plot.figure, plot.title, plot.unit);
  if (!plots.empty())
    page +=
        "<h2>Style over the cuts</h2><p class=soft>Each dot is the median of a cut's approved drawings; the "
        "band holds three median deviations around all of them.</p><div class=plots>" +
        plots + "</div>";
  return page + "</body></html>\n";
}

}  // namespace nakawari
