#include "bench/face/face_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace nakawari::bench {
namespace {

constexpr double kLeast = 2;  // px: travel below this is no expression

void add(Cell& cell, const Cell& more) {
  cell.pcd += more.pcd;
  cell.pos += more.pos;
  cell.shape += more.shape;
  cell.epe += more.epe;
  cell.sbi += more.sbi;
  cell.most_sbi = std::max(cell.most_sbi, more.most_sbi);
  cell.cases += more.cases;
  cell.sbi_cases += more.sbi_cases;
  cell.all_pcd.insert(cell.all_pcd.end(), more.all_pcd.begin(), more.all_pcd.end());
}

}  // namespace

void add_case(FaceTable& table, const FaceCase& one) {
  for (const FaceMade& made : one.made) {
    if (made.truth.size() < kFewPixels) continue;
    Cell cell;
    cell.cases = 1;
    if (made.lines.size() < kFewPixels) {  // nothing drawn there: as far off as the part is large
      cell.pcd = cell.pos = cell.shape = shape_of(made.truth).height / one.height;
      cell.epe = 1;
    } else {
      const PartError error = compare_lines(made.truth, made.lines);
      cell.pcd = error.pcd / one.height;
      cell.pos = error.pos / one.height;
      cell.shape = error.shape / one.height;
      cell.epe = epe(numbers(shape_of(made.truth)), numbers(shape_of(made.lines)), one.range, kLeast);
    }
    cell.all_pcd = {cell.pcd};
    if (made.sbi >= 0) {
      cell.sbi = cell.most_sbi = made.sbi;
      cell.sbi_cases = 1;
    }
    add(table[made.method][one.part], cell);
  }
}

void add_table(FaceTable& table, const FaceTable& more) {
  for (const auto& [method, row] : more)
    for (const auto& [part, cell] : row) add(table[method][part], cell);
}

std::string table_text(const FaceTable& table) {
  std::string text = fmt::format("{:<10}{:<10}{:>6}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "part", "method",
                                 "cases", "PCD %", "p90 %", "POS %", "SHAPE %", "EPE", "|dSBI|", "worst");
  std::vector<std::string> parts;
  for (const auto& [method, row] : table)
    for (const auto& [part, cell] : row)
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  for (const std::string& part : parts)
    for (const char* method : {"ours", "straight", "hold"}) {
      const auto row = table.find(method);
      if (row == table.end() || !row->second.contains(part)) continue;
      Cell cell = row->second.at(part);
      const double n = cell.cases;
      std::sort(cell.all_pcd.begin(), cell.all_pcd.end());
      const double p90 = cell.all_pcd[static_cast<std::size_t>(0.9 * (n - 1))];
      text +=
          fmt::format("{:<10}{:<10}{:>6}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}", part, method, cell.cases,
                      100 * cell.pcd / n, 100 * p90, 100 * cell.pos / n, 100 * cell.shape / n, cell.epe / n);
      text += cell.sbi_cases > 0 ? fmt::format("{:>9.3f}{:>9.3f}\n", cell.sbi / cell.sbi_cases, cell.most_sbi)
                                 : fmt::format("{:>9}{:>9}\n", "-", "-");
    }
  return text;
}

std::vector<double> travel(const std::vector<std::vector<double>>& all) {
  std::vector<double> range;
  for (std::size_t k = 0; !all.empty() && k < all.front().size(); ++k) {
    double low = 1e9, high = -1e9;
    for (const auto& row : all) {
      low = std::min(low, row[k]);
      high = std::max(high, row[k]);
    }
    range.push_back(high - low);
  }
  return range;
}

}  // namespace nakawari::bench
