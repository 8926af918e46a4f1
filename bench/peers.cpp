#include "bench/peers.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "image/distance.h"

namespace nakawari::bench {
namespace {

// Distances are cut off here (px): flat ground far from any line would only pull the flow towards zero.
constexpr float kReach = 32;

Mask core_of(const Grey& grey) {
  Mask mask(grey.width, grey.height);
  for (std::size_t i = 0; i < grey.data.size(); ++i) mask.data[i] = grey.data[i] <= 127;
  return mask;
}

cv::Mat reach_map(const Grey& grey) {
  const Grid<float> distance = distance_to(core_of(grey));
  cv::Mat map(grey.height, grey.width, CV_8U);
  for (int y = 0; y < grey.height; ++y)
    for (int x = 0; x < grey.width; ++x)
      map.at<std::uint8_t>(y, x) =
          static_cast<std::uint8_t>(std::lround(std::min(distance(x, y), kReach) * 255 / kReach));
  return map;
}

// Signed distance to the outline of the line, px: negative inside. Sub-pixel from the anti-aliased edge.
cv::Mat outline_distance(const Grey& grey) {
  const Mask core = core_of(grey);
  Mask paper(core.width, core.height);
  for (std::size_t i = 0; i < core.data.size(); ++i) paper.data[i] = core.data[i] == 0;
  const Grid<float> outside = distance_to(core), inside = distance_to(paper);
  cv::Mat map(grey.height, grey.width, CV_32F);
  for (int y = 0; y < grey.height; ++y)
    for (int x = 0; x < grey.width; ++x) {
      const float d = core(x, y) != 0 ? 0.5f - inside(x, y) : outside(x, y) - 0.5f;
      map.at<float>(y, x) = std::clamp(d, -kReach, kReach);
    }
  return map;
}

// The picture that a flow carries to `t` of its way, read backwards through the flow where it starts.
cv::Mat carried(const cv::Mat& picture, const FlowField& flow, double t) {
  cv::Mat from_x(picture.rows, picture.cols, CV_32F), from_y(picture.rows, picture.cols, CV_32F);
  const float share = static_cast<float>(t);
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x) {
      from_x.at<float>(y, x) = static_cast<float>(x) - share * flow.u(x, y);
      from_y.at<float>(y, x) = static_cast<float>(y) - share * flow.v(x, y);
    }
  cv::Mat result;
  cv::remap(picture, result, from_x, from_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return result;
}

}  // namespace

Grey grey_of(const Raster& picture) {
  Grey grey(picture.width, picture.height);
  for (std::size_t i = 0; i < picture.data.size(); ++i) {
    const Rgba8 p = picture.data[i];
    const int darkest = std::min({p.r, p.g, p.b});
    grey.data[i] = static_cast<std::uint8_t>((darkest * p.a + 255 * (255 - p.a)) / 255);
  }
  return grey;
}

Raster raster_of(const Grey& grey) {
  Raster picture(grey.width, grey.height);
  for (std::size_t i = 0; i < grey.data.size(); ++i)
    picture.data[i] = {grey.data[i], grey.data[i], grey.data[i], 255};
  return picture;
}

Grey cross_fade(const Grey& a, const Grey& b, double t) {
  Grey mixed(a.width, a.height);
  for (std::size_t i = 0; i < a.data.size(); ++i)
    mixed.data[i] = static_cast<std::uint8_t>(std::floor((1 - t) * a.data[i] + t * b.data[i]));
  return mixed;
}

FlowField line_flow(const Grey& from, const Grey& to) {
  const cv::Ptr<cv::DISOpticalFlow> dis = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
  cv::Mat flow;
  dis->calc(reach_map(from), reach_map(to), flow);
  FlowField field{Grid<float>(from.width, from.height), Grid<float>(from.width, from.height)};
  for (int y = 0; y < from.height; ++y)
    for (int x = 0; x < from.width; ++x) {
      const cv::Vec2f v = flow.at<cv::Vec2f>(y, x);
      field.u(x, y) = v[0];
      field.v(x, y) = v[1];
    }
  return field;
}

Grey flow_between(const Grey& a, const Grey& b, const FlowField& a_to_b, const FlowField& b_to_a, double t) {
  const cv::Mat mixed =
      (1 - t) * carried(outline_distance(a), a_to_b, t) + t * carried(outline_distance(b), b_to_a, 1 - t);
  Grey result(a.width, a.height);
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      // Coverage of a pixel by an edge at this distance.
      const double ink = std::clamp(0.5 - static_cast<double>(mixed.at<float>(y, x)), 0.0, 1.0);
      result(x, y) = static_cast<std::uint8_t>(std::lround(255 * (1 - ink)));
    }
  return result;
}

}  // namespace nakawari::bench
