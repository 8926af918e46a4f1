#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/paint_table.h"

namespace nakawari::bench {
namespace {

enum class Part { all, tune, held };
constexpr std::array kParts = {Part::all, Part::tune, Part::held};

std::string_view word(Part part) {
  return part == Part::all ? "all" : part == Part::tune ? "tune" : "held";
}

PaintScore mean_of(const std::vector<PaintOutcome>& outcomes, Protocol protocol, Painter painter, Part part) {
  std::vector<PaintScore> scores;
  for (const PaintOutcome& o : outcomes)
    if (o.protocol == protocol && o.painter == painter &&
        (part == Part::all || (part == Part::held) == held_out(o.sequence)))
      scores.push_back(o.score);
  return mean(scores);
}

}  // namespace

std::string_view word(Protocol protocol) {
  constexpr std::string_view kWords[] = {"P1", "P1b", "P3/9", "P2/9", "P3-whole", "P2-whole", "P4/9"};
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
        const PaintScore m = mean_of(outcomes, protocol, painter, part);
        if (m.drawings == 0) continue;
        rows += fmt::format(
            "  "
            "{:<9}{:<5}{:>9.0f}{:>8.2f}{:>10.2f}{:>9.2f}{:>10.2f}{:>11.2f}{:>9.3f}{:>8.2f}{:>9.1f}{:>8.2f}\n",
            word(protocol), word(painter), m.drawings, 100 * m.acc, 100 * m.acc_thres, 100 * m.pix_acc,
            100 * m.pix_f_acc, 100 * m.pix_b_miou, 100 * m.impure, 100 * m.precision, 100 * m.covered,
            m.corrections);
      }
    if (rows.empty()) continue;
    text += fmt::format(
                "paint, {} (per cent; fix: regions to click per drawing)\n  "
                "{:<14}{:>9}{:>8}{:>10}{:>9}{:>10}{:>11}{:>9}{:>8}{:>9}{:>8}\n",
                word(part), "", "drawings", "Acc", "Acc-Thres", "Pix-Acc", "Pix-F-Acc", "Pix-B-MIoU",
                "impure", "prec.", "covered", "fix") +
            rows + "\n";
  }
  return text.empty() ? "no sequence with flat colours\n" : text;
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
                                {"corrections", o.score.corrections}});
  return root.dump(1) + "\n";
}

}  // namespace nakawari::bench
