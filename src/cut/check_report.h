/// \file
/// What a check leaves for people and machines: a page to work through, JSON, a retake list; and the same
/// over the cuts of an episode, with the style of each cut beside the others.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cut/check_cut.h"

namespace nakawari {

/// {"version": 1, "command": "check", "cut", "drawings", "findings", "fixed", "not_judged", "style"}.
std::string check_json(const CutCheck& check);

/// One open finding a line: cut, cel, drawing, first frame (from 1), frames, check, level, severity, value,
/// unit, reference, threshold, x, y, text. RFC 4180, with a head line and the mark by which spreadsheets know
/// UTF-8.
std::string retake_csv(const std::vector<const CutCheck*>& checks);

/// The findings of an earlier check_json that are open there and gone from `check` now go to `check.fixed`,
/// but for those of checks that were not asked this time. A text that cannot be read is an empty one.
void compare_with_earlier(CutCheck& check, const std::string& json);

/// The page of one cut. Pictures are read from the cut; those that cannot be read are left out.
std::string check_html(const Disk& disk, const CutCheck& check);

/// What is kept of a cut for an episode.
struct EpisodeCut {
  std::string id, page;  ///< page: relative address of its page
  int drawings = 0, issues = 0, fyi = 0, intended = 0;
  std::map<std::string, int> by_check;
  StyleProfile style;  ///< of its approved drawings, all cels pooled
  std::string error;   ///< it could not be checked: one line
  /// What to look at beside another cut: captions and pictures as data URIs.
  std::vector<std::pair<std::string, std::string>> pictures;
};
EpisodeCut episode_cut(const CutCheck& check, const std::string& page);

/// The approved drawing in the middle of a cut, whole and its face, if it has one: for two cuts beside each
/// other. Empty when none can be read.
std::vector<std::pair<std::string, std::string>> cut_pictures(const Disk& disk, const CutCheck& check);

std::string episode_json(const std::string& name, const std::vector<EpisodeCut>& cuts);

/// The page of an episode: its cuts, worst first, findings by check, and the figures of the style over the
/// cuts as plots.
std::string episode_html(const std::string& name, const std::vector<EpisodeCut>& cuts);

}  // namespace nakawari
