#include "desk/known_cuts.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "cut/load_cut.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

/// More cuts than a season has.
constexpr std::size_t kMostKnown = 2'000;

/// "c012A" and "0012" have the number 12; -1 without one.
long number_of(const std::string& id) {
  const auto digit = std::find_if(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
  constexpr std::size_t kMostDigits = 9;
  const std::string digits(digit, std::find_if(digit, id.end(), [](char c) { return c < '0' || c > '9'; }));
  return digits.empty() || digits.size() > kMostDigits ? -1 : std::stol(digits);
}

}  // namespace

Result<std::string> cut_of_sheet(const Disk& disk, const std::string& path,
                                 const std::vector<std::string>& folders) {
  const std::string beside = folder_of(path);
  if (disk.stamp(join_path(beside, "cut.toml")).exists) return beside.empty() ? "." : beside;
  const auto file = read_stable(disk, path);
  if (!file) return Failure(file.error());
  const auto sheet = read_sheet(file->bytes, path);
  if (!sheet) return Failure(sheet.error());
  std::set<std::string> names;
  for (const SheetTrack& track : sheet->sheet.cels) names.insert(track.name);
  const long wanted = number_of(sheet->sheet.cut);

  std::string best;
  std::pair<bool, int> most{false, 0};
  for (const std::string& folder : folders) {
    const auto cut = load_cut(disk, folder);
    if (!cut) continue;
    const auto shared = std::count_if(cut->cels.begin(), cut->cels.end(), [&](const LoadedCel& cel) {
      return !cel.still() && names.contains(cel.file.column);
    });
    const std::pair<bool, int> score{wanted >= 0 && number_of(cut->file.id) == wanted,
                                     static_cast<int>(shared)};
    if (shared == 0 || score < most) continue;
    most = score;
    best = folder;
  }
  if (best.empty())
    return fail(ErrorCode::not_found, "no cut that was opened here has the cels of this sheet",
                "open the cut once: nakawari desk CUT", {.file = path});
  return best;
}

std::vector<std::string> known_cuts(const Disk& disk, const std::string& list) {
  std::vector<std::string> folders;
  const auto bytes = disk.read(list);
  if (!bytes) return folders;
  std::istringstream lines(std::string(bytes->begin(), bytes->end()));
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && disk.stamp(join_path(line, "cut.toml")).exists) folders.push_back(line);
  return folders;
}

void remember_cut(Disk& disk, const std::string& list, const std::string& folder) {
  std::error_code error;
  const std::string full = std::filesystem::weakly_canonical(folder, error).string();
  if (error || full.find('\n') != std::string::npos) return;
  std::vector<std::string> folders = known_cuts(disk, list);
  std::erase(folders, full);
  folders.push_back(full);
  if (folders.size() > kMostKnown) folders.erase(folders.begin());
  std::string text;
  for (const std::string& each : folders) text += each + "\n";
  static_cast<void>(disk.write_text(list, text));
}

}  // namespace nakawari
