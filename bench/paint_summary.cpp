#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bench/paint_table.h"
#include "bench/sheet.h"

namespace nakawari::bench {
namespace {

enum class Part { all, tune, held };
/// Of what is painted without asking so much is to be right.
constexpr double kAskedPrecision = 0.995;
constexpr std::array kParts = {Part::all, Part::tune, Part::held};

std::string_view word(Part part) {
  return part == Part::all ? "all" : part == Part::tune ? "tune" : "held";
}

std::vector<PaintScore> scores_of(const std::vector<PaintOutcome>& outcomes, Protocol protocol,
                                  Painter painter, Part part) {
  std::vector<PaintScore> scores;
  for (const PaintOutcome& o : outcomes)
    if (o.protocol == protocol && o.painter == painter &&
        (part == Part::all || (part == Part::held) == held_out(o.sequence)))
      scores.push_back(o.score);
  return scores;
}

double median_of(std::vector<PaintScore> scores, double PaintScore::* field) {
  const auto middle = scores.begin() + static_cast<std::ptrdiff_t>(scores.size() / 2);
  std::nth_element(scores.begin(), middle, scores.end(),
                   [field](const PaintScore& a, const PaintScore& b) { return a.*field < b.*field; });
  return (*middle).*field;
}

}  // namespace

std::string_view word(Protocol protocol) {
  constexpr std::string_view kWords[] = {"P1",       "P1b",  "P3/9",     "P2/9",   "P3-whole",
                                         "P2-whole", "P4/9", "P4-words", "shadows"};
  return kWords[static_cast<std::size_t>(protocol)];
}

std::string_view word(Painter painter) {
  constexpr std::string_view kWords[] = {"ours", "flow", "same"};
  return kWords[static_cast<std::size_t>(painter)];
}

std::string paint_text(const std::vector<PaintOutcome>& outcomes) {
  std::string text;
  for (const Part part : kParts) {
    std::string rows;
    for (const Protocol protocol : kProtocols)
      for (const Painter painter : kPainters) {
        const std::vector<PaintScore> scores = scores_of(outcomes, protocol, painter, part);
        if (scores.empty()) continue;
        const PaintScore m = mean(scores);
        rows += fmt::format(
            "  "
            "{:<9}{:<5}{:>9.0f}{:>8.2f}{:>10.2f}{:>9.2f}{:>10.2f}{:>11.2f}{:>9.3f}{:>8.2f}{:>9.1f}{:>8.2f}{:>"
            "6.0f}",
            word(protocol), word(painter), m.drawings, 100 * m.acc, 100 * m.acc_thres, 100 * m.pix_acc,
            100 * m.pix_f_acc, 100 * m.pix_b_miou, 100 * m.impure, 100 * m.precision, 100 * m.covered,
            m.corrections, median_of(scores, &PaintScore::corrections));
        if (const BestMargin best = best_margin(m.judged, kAskedPrecision); best.covered > 0)
          rows += fmt::format("  {:.1f} % at margin {:.3f}", 100 * best.covered, best.margin);
        if (m.clicks >= 0)
          rows +=
              fmt::format("  clicks {:.2f}, median {:.0f}", m.clicks, median_of(scores, &PaintScore::clicks));
        rows += m.trace > 0
                    ? fmt::format("  trace {:.2f} of {:.0f}\n", 100 * m.trace_right / m.trace, m.trace)
                    : "\n";
      }
    if (rows.empty()) continue;
    text +=
        fmt::format(
            "paint, {} (per cent; fix: wrong regions per drawing, mean and median; last: how much one margin "
            "could cover with {} right)\n  "
            "{:<14}{:>9}{:>8}{:>10}{:>9}{:>10}{:>11}{:>9}{:>8}{:>9}{:>8}{:>6}\n",
            word(part), 100 * kAskedPrecision, "", "drawings", "Acc", "Acc-Thres", "Pix-Acc", "Pix-F-Acc",
            "Pix-B-MIoU", "impure", "prec.", "covered", "fix", "med.") +
        rows + "\n";
  }
  return text.empty() ? "no sequence with flat colours\n" : text;
}

Raster paint_sheet(const std::vector<PaintOutcome>& outcomes, std::size_t most) {
  std::vector<const PaintOutcome*> worst;
  for (const PaintOutcome& o : outcomes)
    if (!o.pictures.empty()) worst.push_back(&o);
  std::stable_sort(worst.begin(), worst.end(), [](const PaintOutcome* a, const PaintOutcome* b) {
    return a->score.acc_thres < b->score.acc_thres;
  });
  worst.resize(std::min(worst.size(), most));
  std::vector<SheetRow> rows;
  for (const PaintOutcome* o : worst)
    rows.push_back({fmt::format("{} {} {}  Acc-Thres {:.1f}  Pix-F {:.1f}", o->sequence, o->frame,
                                word(o->protocol), 100 * o->score.acc_thres, 100 * o->score.pix_f_acc),
                    o->pictures});
  return contact_sheet(rows, 640);
}

std::string paint_json(const std::vector<PaintOutcome>& outcomes) {
  nlohmann::ordered_json root;
  root["version"] = 1;
  root["drawings"] = nlohmann::ordered_json::array();
  for (const PaintOutcome& o : outcomes)
    root["drawings"].push_back({{"sequence", o.sequence},
                                {"frame", o.frame},
                                {"protocol", word(o.protocol)},
                                {"painter", word(o.painter)},
                                {"acc", o.score.acc},
                                {"acc_thres", o.score.acc_thres},
                                {"pix_acc", o.score.pix_acc},
                                {"pix_f_acc", o.score.pix_f_acc},
                                {"pix_b_miou", o.score.pix_b_miou},
                                {"impure", o.score.impure},
                                {"precision", o.score.precision},
                                {"covered", o.score.covered},
                                {"corrections", o.score.corrections},
                                {"trace", o.score.trace},
                                {"trace_right", o.score.trace_right}});
  return root.dump(1) + "\n";
}

}  // namespace nakawari::bench
